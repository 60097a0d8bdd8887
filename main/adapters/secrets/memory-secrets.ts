import { success } from "../../../shared/contract/fault.ts";
import type { Secrets } from "../../engine/ports.ts";

/**
 * Tokens in this process's memory alone, for hosts without a keychain: those the environment named
 * beside an address, and those the donor typed, until the process ends.
 */
export function memorySecrets(
  given: Readonly<Record<string, string>>,
  onKept: (token: string) => void = () => undefined,
): Secrets {
  const tokens = new Map(Object.entries(given));
  return {
    token: (url) => tokens.get(url),
    keep: (url, token) => {
      if (token === undefined) tokens.delete(url);
      else {
        onKept(token);
        tokens.set(url, token);
      }
      return success(undefined);
    },
    lasting: false,
  };
}
