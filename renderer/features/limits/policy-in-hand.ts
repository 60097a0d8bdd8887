import type { Policy } from "../../../shared/settings/policy.ts";

/** The rules as they are being changed: all of them are one section of the settings. */
export interface PolicyInHand {
  readonly policy: Policy;
  readonly onChange: (policy: Policy) => void;
}
