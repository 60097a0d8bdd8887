/** The program's log: pretty on a terminal, one JSON object a line otherwise, secrets taken out. */
import pino from "pino";
import type { Log } from "../engine/ports.ts";
import { LogFile } from "./log-file.ts";

/** Loaded only where a person watches: a service writes JSON and does without. */
const pretty = process.stderr.isTTY ? (await import("pino-pretty")).default : undefined;

export const LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The file is put aside at this size, so that two of them are what a log takes at most. */
const FILE_MOST_BYTES = 4 * 1024 * 1024;
/** A terminal that takes nothing, being redirected to a full disk say, must not fill the memory. */
const WAITING_MOST_CHARACTERS = 1024 * 1024;

const PINO_LEVEL: Record<LogLevel, pino.Level> = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error" };
/** Anything that looks like a credential in an address, or a token of a well-known kind. */
const CREDENTIAL =
  /(\/\/)[^/@\s"]+@|\b(gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/g;

export interface LogOptions {
  readonly level: LogLevel;
  readonly json: boolean;
  /** Exact texts that must never be written; read at every line, so that more may come. */
  readonly secrets: readonly string[];
  /** A file that gets every line as well; its folder is made. */
  readonly file?: string;
  /** Nothing is written to standard error, which a windowed program may not have. */
  readonly quiet?: boolean;
}

/** Writes to standard error: standard output belongs to a command's answer. */
export function createLog({ level, json, secrets, file, quiet = false }: LogOptions): Log {
  const options: pino.LoggerOptions = {
    level: PINO_LEVEL[level],
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ["token", "*.token", "password", "*.password", "authorization", "*.authorization"],
    hooks: { streamWrite: (line) => redact(line, secrets) },
  };
  const terminal =
    json || pretty === undefined
      ? pino.destination({ dest: 2, sync: true, maxLength: WAITING_MOST_CHARACTERS })
      : pretty({
          colorize: true,
          destination: 2,
          sync: true,
          translateTime: "SYS:HH:MM:ss",
          singleLine: true,
        });
  // What cannot be told must not end what it would tell of.
  terminal.on("error", () => undefined);
  if (file === undefined) return pino(options, terminal);
  const kept = new LogFile(file, FILE_MOST_BYTES);
  if (quiet) return pino(options, kept);
  const streams = [terminal, kept].map((stream) => ({ level: PINO_LEVEL[level], stream }));
  return pino(options, pino.multistream(streams));
}

/** A text without the given secrets and without what looks like one. */
export function redact(text: string, secrets: readonly string[]): string {
  let safe = text.replace(CREDENTIAL, (_all, slashes: string | undefined) => `${slashes ?? ""}[redacted]`);
  // C1 controls and direction marks mean something to terminals, and JSON leaves them as they are.
  safe = safe.replace(/[\u0080-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "?");
  for (const secret of secrets) {
    // Shorter ones would take half the words out.
    if (secret.length < 4) continue;
    safe = safe.replaceAll(secret, "[redacted]");
    const encoded = encodeURIComponent(secret);
    if (encoded !== secret) safe = safe.replaceAll(encoded, "[redacted]");
  }
  return safe;
}
