import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { success, type Outcome } from "../../../shared/contract/fault.ts";
import { diskFault } from "../../adapters/git/clone.ts";

const BYTES = 32;

/**
 * The key that signs cookies, kept so that an open page survives a restart of the worker. Made when
 * it is missing, damaged, or was readable by others: a key that others know signs nothing. Deleting
 * the file ends every session.
 */
export function readOrMakeSecret(file: string): Outcome<Buffer> {
  try {
    return success(read(file) ?? make(file));
  } catch (error) {
    return diskFault(error);
  }
}

function read(file: string): Buffer | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  // Windows knows no such bits: there the data directory's own permissions are what protects the file.
  if (process.platform !== "win32" && (stat.mode & 0o077) !== 0) return undefined;
  const hex = readFileSync(file, "latin1").trim();
  return /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, "hex") : undefined;
}

function make(file: string): Buffer {
  const secret = randomBytes(BYTES);
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(temporary, secret.toString("hex"), { mode: 0o600, flag: "wx" });
  renameSync(temporary, file);
  return secret;
}
