import { create } from "zustand";
import type { Fault } from "../../../shared/contract/fault.ts";

/** Notices the person has put away. Only this page knows: after the next start they would be others. */
export const useDismissed = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }));

export function dismiss(fault: Fault): void {
  useDismissed.setState(({ keys }) => ({ keys: new Set(keys).add(noticeKey(fault)) }));
}

/** Names a notice: what was damaged, and where the old is kept. */
export function noticeKey({ code, detail }: Fault): string {
  return `${code} ${detail}`;
}

/** The notices that are still to be shown, each once. */
export function shownNotices(recovered: readonly Fault[], dismissed: ReadonlySet<string>): readonly Fault[] {
  const byKey = new Map(recovered.map((fault) => [noticeKey(fault), fault]));
  return [...byKey].flatMap(([key, fault]) => (dismissed.has(key) ? [] : [fault]));
}
