import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { MethodOutput } from "../../../shared/contract/methods.ts";
import { useMirror } from "../../state/mirror.ts";
import { call } from "../../state/session.ts";

export type TaskProblem = MethodOutput<"tasks.check">["problems"][number];

export interface TaskCheck {
  /** undefined: what stands there now has not been judged yet. */
  readonly problems: readonly TaskProblem[] | undefined;
  readonly fault: Fault | undefined;
}

const PAUSE_MS = 350;

/** The worker's own judgement of a task file, asked for when the person has paused. */
export function useTaskCheck(text: string, gridId: string | undefined): TaskCheck {
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const connected = useMirror((mirror) => mirror.connection === "open");
  const [judged, setJudged] = useState<TaskCheck & { of: string; grid: string | undefined }>();
  useEffect(() => {
    if (!connected) return undefined;
    const abort = new AbortController();
    const input = { text: settled, ...(gridId !== undefined && { gridId }) };
    void call("tasks.check", input, { signal: abort.signal }).then((outcome) => {
      if (abort.signal.aborted) return;
      const { problems, fault } = outcome.ok
        ? { problems: outcome.value.problems, fault: undefined }
        : { problems: undefined, fault: outcome.fault };
      setJudged({ of: settled, grid: gridId, problems, fault });
    });
    return () => abort.abort();
  }, [settled, gridId, connected]);
  if (judged?.of !== text || judged.grid !== gridId) return { problems: undefined, fault: undefined };
  return judged;
}

/** The problems of one field of the file; "" is the file as a whole. */
export function problemsOf(problems: readonly TaskProblem[] | undefined, field: string): string | undefined {
  const messages = problems
    ?.filter((problem) => (problem.field ?? "") === field || problem.field?.startsWith(`${field}.`) === true)
    .map(({ message }) => message);
  return messages === undefined || messages.length === 0 ? undefined : messages.join(" ");
}
