export const STEPS = ["engine", "grid", "limits", "summary"] as const;
export type Step = (typeof STEPS)[number];
