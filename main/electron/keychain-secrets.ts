/**
 * Tokens on the disk, encrypted with a key that the system's keychain holds.
 *
 * Invariant: a token that the keychain cannot protect is never written. Where a Linux desktop has none,
 * Chromium encrypts with a key that is the same on every machine, and marks what it wrote as "v10".
 */
import { safeStorage } from "electron";
import { z } from "zod";
import { success } from "../../shared/contract/fault.ts";
import type { Log, Secrets } from "../engine/ports.ts";
import { openOwnStore } from "./places.ts";

const NAME = "secrets";
/** By address: what the keychain's key encrypted, as base64. */
const Kept = z.record(z.string(), z.string());

export interface Keychain {
  /** Tokens that were kept, by address. */
  readonly kept: ReadonlyMap<string, string>;
  /** undefined where there is no keychain. */
  readonly keep: ((tokens: ReadonlyMap<string, string>, changed: string) => Promise<void>) | undefined;
  /** Where a damaged file of tokens was put. */
  readonly damaged: string | undefined;
}

/**
 * Reads what is kept. What cannot be decrypted, because the keychain is another one, is left where it is.
 * It may wait for a person who unlocks the keychain. Never rejects: a keychain that fails is none.
 */
export async function openKeychain(dataDir: string, log: Log): Promise<Keychain> {
  try {
    if (await isProtected()) return await readKept(dataDir, log);
    log.warn({}, "there is no keychain: tokens are kept in memory alone");
  } catch (error) {
    log.error({ error: String(error) }, "the keychain cannot be used: tokens are kept in memory alone");
  }
  return { kept: new Map(), keep: undefined, damaged: undefined };
}

async function readKept(dataDir: string, log: Log): Promise<Keychain> {
  let damaged: string | undefined;
  const file = openOwnStore(dataDir, NAME, { log, onDamaged: (aside) => (damaged = aside) });
  const read = Kept.safeParse(file.get("tokens"));
  const encrypted = read.success ? read.data : {};
  const kept = new Map<string, string>();
  const unreadable: Record<string, string> = {};
  for (const [url, text] of Object.entries(encrypted)) {
    try {
      kept.set(url, (await safeStorage.decryptStringAsync(Buffer.from(text, "base64"))).result);
    } catch (error) {
      unreadable[url] = text;
      log.warn({ url, error: String(error) }, "a token cannot be read: it was kept with another keychain");
    }
  }
  return {
    kept,
    damaged,
    keep: async (tokens, changed) => {
      delete unreadable[changed];
      // The keychain that could read the others may come back.
      const next: Record<string, string> = { ...unreadable };
      for (const [url, token] of tokens) next[url] = (await safeStorage.encryptStringAsync(token)).toString("base64");
      file.set("tokens", next);
    },
  };
}

/** Whether a key can be had, which only using it tells, and is no other machine's as well. */
async function isProtected(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  const probe = await safeStorage.encryptStringAsync("probe");
  return process.platform !== "linux" || probe.subarray(0, 3).toString("latin1") !== "v10";
}

export interface KeychainSecretsOptions {
  /** Until it is open, tokens are held in memory. */
  readonly keychain: Promise<Keychain>;
  /** What the environment names beside an address; it is not kept. */
  readonly given: Readonly<Record<string, string>>;
  readonly onKept: (token: string) => void;
  readonly onDamaged: (kept: string) => void;
  readonly log: Log;
}

export interface KeychainSecrets extends Secrets {
  /** Resolves when what was asked to be kept is kept, or could not be; a keychain that is not open yet is not waited for. */
  settled(): Promise<void>;
}

export function keychainSecrets({ keychain, given, onKept, onDamaged, log }: KeychainSecretsOptions): KeychainSecrets {
  const tokens = new Map<string, string>();
  /** What was asked for before the keychain was open wins over what it had kept. */
  const asked = new Set<string>();
  let isOpen = false;
  let keep: Keychain["keep"];
  // One that waits for its password will keep them; if it does not, that is known once it was asked.
  let lasting = true;
  let writing = keychain.then((opened) => {
    for (const [url, token] of opened.kept) {
      onKept(token);
      if (!asked.has(url)) tokens.set(url, token);
    }
    if (opened.damaged !== undefined) onDamaged(opened.damaged);
    keep = opened.keep;
    lasting = keep !== undefined;
    isOpen = true;
  });
  const write = async (url: string): Promise<void> => {
    if (keep === undefined) return;
    try {
      await keep(new Map(tokens), url);
      lasting = true;
    } catch (error) {
      // It holds until the application ends; health says that it does not outlive it.
      lasting = false;
      log.error({ error: String(error) }, "a token could not be kept");
    }
  };
  return {
    token: (url) => given[url] ?? tokens.get(url),
    keep: (url, token) => {
      asked.add(url);
      if (token === undefined) tokens.delete(url);
      else {
        onKept(token);
        tokens.set(url, token);
      }
      writing = writing.then(() => write(url));
      return success(undefined);
    },
    get lasting() {
      return lasting;
    },
    settled: () => (isOpen ? writing : Promise.resolve()),
  };
}
