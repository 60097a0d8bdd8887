/**
 * Runs one Git command through simple-git: a fixed environment, a deadline, an exit code instead
 * of an exception.
 *
 * Invariant: every command of this adapter goes through here, and none outlives its deadline.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Readable } from "node:stream";
import { simpleGit } from "simple-git";
import { TOKEN_VARIABLE, type GitEnvironment } from "./environment.ts";

export interface GitResult {
  /** null where the command was ended from outside. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly ended?: "deadline" | "aborted" | "not_found" | "not_started" | "too_much_output";
}

export interface GitOptions {
  readonly input?: string | Buffer;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Receives standard output instead of keeping it. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** Grace between asking a command to stop and ending it. */
const KILL_AFTER_MS = 2_000;
const KEPT_OUTPUT_BYTES = 256 * 1024 * 1024;
/** A server's messages come as standard error, as long as it likes. */
const KEPT_ERROR_BYTES = 64 * 1024;

/**
 * simple-git can only ask a command to stop (SIGINT) and does not say which process it started;
 * Node's own channel does, so that a command that ignores the request can be ended for good.
 */
const started = new AsyncLocalStorage<Set<ChildProcess>>();
subscribe("child_process", (message) => {
  const child = (message as { process?: ChildProcess }).process;
  if (child !== undefined) started.getStore()?.add(child);
});

export type Git = (args: readonly string[], options: GitOptions) => Promise<GitResult>;

/** A runner bound to one directory and one environment. */
export function gitCommand(directory: string, { env, config }: GitEnvironment): Git {
  return (args, options) => {
    const children = new Set<ChildProcess>();
    return started.run(children, () => run(directory, { env, config }, args, options, children));
  };
}

async function run(
  directory: string,
  { env, config }: GitEnvironment,
  args: readonly string[],
  options: GitOptions,
  children: ReadonlySet<ChildProcess>,
): Promise<GitResult> {
  if (options.signal.aborted) return { exitCode: null, stdout: Buffer.alloc(0), stderr: "", ended: "aborted" };
  const stop = new AbortController();
  const chunks: Buffer[] = [];
  let kept = 0;
  let ended: GitResult["ended"];
  let exitCode: number | null = null;
  let stderr = "";
  const end = (why: NonNullable<GitResult["ended"]>): void => {
    ended ??= why;
    stop.abort();
    killTimer ??= setTimeout(() => {
      for (const child of children) child.kill("SIGKILL");
    }, KILL_AFTER_MS);
  };
  let killTimer: NodeJS.Timeout | undefined;
  const deadline = setTimeout(() => end("deadline"), options.deadlineMs);
  const onAbort = (): void => end("aborted");
  options.signal.addEventListener("abort", onAbort, { once: true });
  try {
    const git = simpleGit({
      baseDir: directory,
      abort: stop.signal,
      config: [...config],
      allowEnvironment: Object.keys(env),
      // Each of these is ours alone and constant; none carries text from a grid.
      unsafe: {
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafeCredentialHelper: true,
        allowUnsafeSshCommand: true,
        allowUnsafeProtocolOverride: true,
        allowUnsafeConfigPaths: true,
        allowUnsafePack: true,
        allowUnsafeTemplateDir: true,
      },
      completion: { onClose: true, onExit: 500 },
      ...(options.input === undefined ? {} : { input: () => options.input }),
      errors: (_error, result) => {
        exitCode = result.exitCode;
        stderr = withoutToken(Buffer.concat(result.stdErr).subarray(0, KEPT_ERROR_BYTES).toString("utf8"), env);
        return undefined;
      },
    });
    git.env(env);
    git.outputHandler((_command, stdout, errors) => {
      let heardBytes = 0;
      errors.on("data", (chunk: Buffer) => {
        heardBytes += chunk.byteLength;
        if (heardBytes <= KEPT_ERROR_BYTES) return;
        end("too_much_output");
        // Declared as less than it is: a pipe's reading end, which is closed so that nothing more is kept.
        (errors as Readable).destroy();
      });
      stdout.on("data", (chunk: Buffer) => {
        if (options.onOutput !== undefined) return options.onOutput(chunk);
        kept += chunk.byteLength;
        if (kept > KEPT_OUTPUT_BYTES) end("too_much_output");
        else chunks.push(chunk);
      });
    });
    await git.raw([...args]);
  } catch (error) {
    // simple-git throws for its own stop, for a process or folder that is not there, and for output
    // too long for a string; all of it can be expected, so all of it becomes a value.
    const text = error instanceof Error ? error.message : String(error);
    if (isNotFound(error)) ended ??= "not_found";
    else if (/longer than 0x|ERR_STRING_TOO_LONG/.test(text)) ended ??= "too_much_output";
    else ended ??= "not_started";
    if (ended === "not_started") stderr = text;
  } finally {
    clearTimeout(deadline);
    clearTimeout(killTimer);
    options.signal.removeEventListener("abort", onAbort);
    if (ended !== undefined) for (const child of children) child.kill("SIGKILL");
  }
  return {
    exitCode: ended === undefined ? (exitCode ?? 0) : null,
    stdout: Buffer.concat(chunks),
    stderr,
    ...(ended === undefined ? {} : { ended }),
  };
}

/** A server may say the token that it was given, in whichever form it came. */
function withoutToken(text: string, env: Readonly<Record<string, string>>): string {
  const token = env[TOKEN_VARIABLE];
  if (token === undefined) return text;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [token, encodeURIComponent(token), basic].reduce((safe, form) => safe.replaceAll(form, "[redacted]"), text);
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
