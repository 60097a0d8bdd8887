import { failure, type FaultCode, type Outcome } from "../../../shared/contract/fault.ts";
import { engineAddresses, showAddress, type EngineAddress, type Surroundings } from "./engine-address.ts";
import { engineFailure } from "./engine-answer.ts";
import { Engine } from "./engine.ts";

const PING_TIMEOUT_MS = 5_000;

interface Tried {
  readonly address: EngineAddress;
  readonly code: FaultCode;
  readonly detail: string;
}

/**
 * The first engine that answers. Where none does, the fault's detail lists every address that was
 * tried and how it failed, and its code is the one that is nearest to working: a socket that
 * refuses this user says more than ten that are not there.
 */
export async function findEngine(where: Surroundings, signal: AbortSignal): Promise<Outcome<Engine>> {
  const addresses = engineAddresses(where);
  if (addresses === undefined) {
    return failure("docker_unreachable", "DOCKER_HOST is not of the form unix://PATH, npipe://PIPE or tcp://HOST:PORT");
  }
  const tried: Tried[] = [];
  for (const address of addresses) {
    const engine = open(address);
    if (engine instanceof Engine) {
      const answer = await engine.ping({ signal, timeoutMs: PING_TIMEOUT_MS });
      if (answer.ok) return { ok: true, value: engine };
      // Any HTTP error means that something listens there, but no engine that we can use.
      const code = answer.status === undefined ? answer.fault.code : "docker_unreachable";
      tried.push({ address, code, detail: answer.fault.detail });
    } else tried.push(engine);
  }
  return failure(worst(tried), diagnosis(tried));
}

function open(address: EngineAddress): Engine | Tried {
  try {
    return new Engine(address);
  } catch (error) {
    const { detail } = engineFailure(error, "read the certificates").fault;
    return { address, code: "docker_unreachable", detail };
  }
}

function worst(tried: readonly Tried[]): "docker_forbidden" | "docker_unreachable" | "docker_missing" {
  if (tried.some(({ code }) => code === "docker_forbidden")) return "docker_forbidden";
  if (tried.some(({ code }) => code !== "docker_missing")) return "docker_unreachable";
  return "docker_missing";
}

const SHORT: Partial<Record<FaultCode, string>> = {
  docker_missing: "not there",
  docker_forbidden: "permission denied",
};

function diagnosis(tried: readonly Tried[]): string {
  const lines = tried.map(({ address, code, detail }) => `${showAddress(address)}: ${SHORT[code] ?? detail}`);
  return `tried ${lines.join("; ")}`;
}
