import type { Secrets } from "../../engine/ports.ts";

/** The token of GIT_TOKEN, given to the one repository the donor named beside it. */
export function environmentSecrets(token: string | undefined, url: string): Secrets {
  return { token: (asked) => (asked === url ? token : undefined) };
}
