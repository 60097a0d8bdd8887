import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { MethodOutput } from "../../../shared/contract/methods.ts";
import { TASK_PROBLEM_HELP } from "../../../shared/domain/problem.ts";
import { Task } from "../../../shared/domain/task.ts";
import { conflicts, validate, type Accepted, type Refused } from "../../engine/core/submission.ts";
import { parseJson } from "../../engine/core/task-file.ts";
import { submitTasks } from "../../engine/submit-tasks.ts";
import { judged } from "../donor-grids.ts";
import type { ApiContext, HandlersOf } from "./context.ts";

type Problems = MethodOutput<"tasks.check">["problems"];

export function taskHandlers(context: ApiContext): HandlersOf<"tasks"> {
  return {
    "tasks.check": ({ text, gridId }) => success({ problems: problemsOf(context, text, gridId) }),
    "tasks.submit": ({ gridId, text }, { signal }) => submit(context, gridId, text, signal),
  };
}

/** What a worker would say of the file, and what the grid's last snapshot says of its id. */
function problemsOf({ host }: ApiContext, text: string, gridId: string | undefined): Problems {
  const judgement = judge(text);
  if ("problems" in judgement) return judgement.problems;
  const { accepted } = judgement;
  const view = host.engine.grids.find(({ id }) => id === gridId)?.loop.view;
  return view === undefined ? [] : conflicts(view, [accepted]).map(taken);
}

function judge(text: string): { problems: Problems } | { accepted: Accepted } {
  const content = new TextEncoder().encode(text);
  const json = parseJson(content);
  if ("code" in json)
    return {
      problems: [{ code: json.code, field: null, message: `${TASK_PROBLEM_HELP[json.code]} ${json.detail}`.trim() }],
    };
  // Each field's own problem, so that a form can say it where it belongs; the file's as a whole below.
  const fields = Task.safeParse(json.value);
  if (!fields.success)
    return {
      problems: fields.error.issues.map(({ path, message }) => ({
        code: "not_a_task",
        field: path.length === 0 ? null : path.map(String).join("."),
        message,
      })),
    };
  const { accepted, refused } = validate([{ source: "task", content }]);
  const [first] = accepted;
  if (first !== undefined) return { accepted: first };
  return { problems: refused.map(({ code, message }) => ({ code, field: null, message })) };
}

function taken({ code, message }: Refused): Problems[number] {
  return { code, field: "task_id", message };
}

async function submit(
  { host, grids }: ApiContext,
  gridId: string,
  text: string,
  signal: AbortSignal,
): Promise<Outcome<{ taskId: string }>> {
  const grid = grids.find(gridId);
  if (!grid.ok) return grid;
  const judgement = judge(text);
  if ("problems" in judgement) return failure("task_invalid", sentence(judgement.problems));
  const { accepted } = judgement;
  const entry = host.engine.grids.find(({ id }) => id === gridId);
  const address = judged(grid.value.url);
  if (!address.ok) return address;
  // A grid that is switched off has no clone at work; one is made for the call.
  const submitted =
    entry === undefined
      ? await host.withScratchRepo(address.value, host.secrets.token(grid.value.url), (repo) =>
          submitTasks(repo, [accepted], signal),
        )
      : await submitTasks(entry.repo, [accepted], signal);
  if (!submitted.ok) return submitted;
  if (submitted.value.kind === "refused") return failure("task_invalid", sentence(submitted.value.refused.map(taken)));
  host.engine.retryGrid(gridId);
  return success({ taskId: accepted.task.task_id });
}

function sentence(problems: Problems): string {
  return problems
    .map(({ field, message }) => (field === null ? message : `${field}: ${message}`))
    .join(" ")
    .slice(0, 500);
}
