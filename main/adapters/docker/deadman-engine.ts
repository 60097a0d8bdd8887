import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineAddress } from "./engine-address.ts";

/**
 * The four requests that the dead-man's switch needs, without dockerode: the switch lives for as
 * long as the worker, and dockerode would take more memory than all the rest of it.
 */
export interface EngineReply {
  /** HTTP status; undefined where the engine did not answer. */
  readonly status: number | undefined;
  readonly body: string;
}

const REPLY_TIMEOUT_MS = 20_000;
const BODY_MAX_CHARACTERS = 1024 * 1024;

/** Never rejects: an engine that does not answer is asked again by whoever calls. */
export function askEngine(
  address: EngineAddress,
  method: "GET" | "POST" | "DELETE",
  path: string,
): Promise<EngineReply> {
  return new Promise((resolve) => {
    const unanswered = (): void => resolve({ status: undefined, body: "" });
    try {
      const tls = address.kind === "tcp" && address.certPath !== undefined;
      const request = (tls ? httpsRequest : httpRequest)(
        { ...target(address), method, path, agent: false },
        (response) => {
          let body = "";
          response.setEncoding("utf8");
          response.on("data", (text: string) => {
            if (body.length < BODY_MAX_CHARACTERS) body += text;
          });
          response.on("end", () => resolve({ status: response.statusCode, body }));
          response.on("error", unanswered);
        },
      );
      request.setTimeout(REPLY_TIMEOUT_MS, () => request.destroy());
      request.on("error", unanswered);
      request.on("close", unanswered);
      request.end();
    } catch {
      // A certificate that cannot be read just now: nothing can be asked, and asking comes again.
      unanswered();
    }
  });
}

function target(address: EngineAddress): RequestOptions {
  if (address.kind === "socket") return { socketPath: address.path };
  const { host, port, certPath } = address;
  if (certPath === undefined || certPath === "") return { host, port };
  const read = (name: string): string => readFileSync(join(certPath, name), "utf8");
  return { host, port, ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}
