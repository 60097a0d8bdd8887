#!/usr/bin/env node
/**
 * The command line: reads arguments, calls one command, sets the exit code. Each command is loaded
 * when it is called, so that a worker does not carry the libraries of the others.
 */
import { Command, Option } from "commander";
import { describeFault } from "../../shared/contract/fault.ts";
import { readConfiguration, readToken, SETTINGS, type SettingName } from "../worker/configuration.ts";
import { gridAddress, type GridAccess } from "../worker/grid-access.ts";
import { createLog, LOG_LEVELS, type LogLevel } from "../worker/log.ts";
import { VERSION } from "../worker/version.ts";

/** Wrong usage or configuration. */
const EXIT_USAGE = 2;

const program = new Command("dgrid")
  .description("Volunteer computing over Git: tasks from a repository, run confined, results committed.")
  .version(VERSION)
  .showHelpAfterError()
  .exitOverride();

const worker = program
  .command("worker")
  .description("donate to a grid until told to stop (Ctrl-C finishes running tasks, twice gives them back)");
for (const setting of Object.values(SETTINGS)) {
  worker.addOption(new Option(setting.flag, `${setting.help} [${setting.env}]`));
}
worker
  .option("--exit-when-idle", "end when nothing eligible is queued and nothing of its own remains")
  .option("--no-dashboard", "serve no dashboard")
  .option("--json", "log as JSON even on a terminal")
  .option("--accept-rewrite", "accept that the grid's history was rewritten")
  .action(async (flags: Record<string, string | boolean>) => {
    const texts = Object.fromEntries(
      Object.entries(flags).filter((entry): entry is [SettingName, string] => typeof entry[1] === "string"),
    );
    const read = readConfiguration(texts, process.env);
    if ("errors" in read) {
      for (const error of read.errors) process.stderr.write(`${error}\n`);
      process.exitCode = EXIT_USAGE;
      return;
    }
    const { value } = read;
    const secrets = [value.token, value.dashboard.token].filter((secret) => secret !== undefined);
    const log = createLog({ level: value.logLevel, json: flags["json"] === true, secrets });
    process.exitCode = await (await import("./commands/worker.ts")).runWorker(
      value,
      {
        exitWhenIdle: flags["exitWhenIdle"] === true,
        acceptRewrite: flags["acceptRewrite"] === true,
        dashboard: flags["dashboard"] !== false,
      },
      log,
      { onSecret: (secret) => void secrets.push(secret) },
    );
  });

program
  .command("init <url>")
  .description("put the layout into an empty repository")
  .action(async (url: string) =>
    withAccess(url, async (access) => (await import("./commands/init.ts")).runInit(access)),
  );

program
  .command("submit <files...>")
  .description("validate task files and queue them, all or none")
  .requiredOption("--grid <url>", "the grid's Git repository")
  .action(async (files: string[], { grid }: { grid: string }) =>
    withAccess(grid, async (access) => (await import("./commands/submit.ts")).runSubmit(access, files)),
  );

program
  .command("status")
  .description("what a grid holds")
  .requiredOption("--grid <url>", "the grid's Git repository")
  .option("--json", "as JSON")
  .action(async ({ grid, json }: { grid: string; json?: boolean }) =>
    withAccess(grid, async (access) => (await import("./commands/status.ts")).runStatus(access, json === true)),
  );

program
  .command("doctor")
  .description("check Git, the container engine, the image and the grid, and say how to mend each")
  .addOption(new Option("--grid <url>", "the grid's Git repository").env("DGRID_REPO_URL"))
  .addOption(new Option("--image <image>", "the image tasks run in").env("DGRID_IMAGE").default("python:3.11-alpine"))
  .action(async ({ grid, image }: { grid?: string; image: string }) => {
    if (grid === undefined)
      process.exitCode = await (await import("./commands/doctor.ts")).runDoctor({ image, log: commandLog([]) });
    else
      await withAccess(grid, async (access) =>
        (await import("./commands/doctor.ts")).runDoctor({ image, access, log: access.log }),
      );
  });

program
  .command("demo")
  .description("a grid on this machine, a dozen tasks, two workers, a dashboard, a table of results")
  .option("--keep", "leave workers and dashboard running until Ctrl-C")
  .action(async ({ keep }: { keep?: boolean }) => {
    process.exitCode = await (await import("./commands/demo.ts")).runDemo(commandLog([]), keep === true);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Error && "exitCode" in error && typeof error.exitCode === "number")) throw error;
  // Commander has said what was wrong; help and version end here too, with 0.
  process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
}

async function withAccess(url: string, act: (access: GridAccess) => Promise<number>): Promise<void> {
  const address = gridAddress(url);
  const errors: string[] = [];
  const token = readToken(process.env, process.env["GIT_TOKEN_FILE"], errors);
  if (!address.ok || errors.length > 0) {
    if (!address.ok) process.stderr.write(`${describeFault(address.fault)}\n`);
    for (const error of errors) process.stderr.write(`${error}\n`);
    process.exitCode = EXIT_USAGE;
    return;
  }
  process.exitCode = await act({ address: address.value, token, log: commandLog(token === undefined ? [] : [token]) });
}

function commandLog(secrets: readonly string[]): ReturnType<typeof createLog> {
  const level = LOG_LEVELS.find((known) => known === process.env["LOG_LEVEL"]) ?? ("WARNING" satisfies LogLevel);
  return createLog({ level, json: false, secrets });
}
