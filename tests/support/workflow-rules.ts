import { parse } from "yaml";
import { z } from "zod";

type Permissions = Readonly<Record<string, string>>;

const Step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const Job = z.looseObject({
  permissions: z.record(z.string(), z.string()).optional(),
  "timeout-minutes": z.number().optional(),
  steps: z.array(Step),
});
const Workflow = z.looseObject({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions: z.record(z.string(), z.string()).optional(),
  jobs: z.record(z.string(), Job),
});

/**
 * What is wrong with a workflow, one sentence each. `allowed` are the permissions that its jobs
 * have beyond reading the repository, by the job's name.
 */
export function workflowComplaints(text: string, allowed: Readonly<Record<string, Permissions>> = {}): string[] {
  const { on, permissions, jobs } = Workflow.parse(parse(text));
  const complaints: string[] = [];
  const triggers = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on);
  // Runs with this repository's rights on a stranger's pull request.
  if (triggers.includes("pull_request_target")) complaints.push("is triggered by pull_request_target");
  if (!isReadOnly(permissions)) complaints.push("may more than read");
  for (const [name, job] of Object.entries(jobs)) {
    if (!same(job.permissions ?? {}, allowed[name] ?? {})) complaints.push(`${name} has other permissions than listed`);
    if (job["timeout-minutes"] === undefined) complaints.push(`${name} has no timeout`);
    for (const { uses, run = "", with: inputs = {} } of job.steps) {
      if (uses !== undefined && !/@[0-9a-f]{40}$/.test(uses)) complaints.push(`${name} uses ${uses}`);
      if (uses?.startsWith("actions/checkout@") === true && inputs["persist-credentials"] !== false)
        complaints.push(`${name} keeps its credentials`);
      // A tag's or a branch's name in a script is a script: it comes through the environment.
      if (run.includes("${{")) complaints.push(`${name} writes an expression into a script`);
    }
  }
  // The comment says which version a commit is.
  const bare = text.match(/^\s*-? ?uses: [^\s#]+$/gm) ?? [];
  return [...complaints, ...bare.map((line) => `no version beside ${line.trim()}`)];
}

function isReadOnly(permissions: Permissions | undefined): boolean {
  return permissions !== undefined && (same(permissions, {}) || same(permissions, { contents: "read" }));
}

function same(one: Permissions, other: Permissions): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
