import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { SETTINGS } from "../main/worker/configuration.ts";
import { workflowComplaints } from "./support/workflow-rules.ts";

const read = (path: string): string => readFileSync(join(import.meta.dirname, "..", path), "utf8");

const Compose = z.object({
  services: z.object({
    worker: z.object({ environment: z.record(z.string(), z.string()), volumes: z.array(z.string()) }),
  }),
});

const Workflow = z.looseObject({
  jobs: z.record(z.string(), z.looseObject({ steps: z.array(z.looseObject({ run: z.string().default("") })) })),
});

const Manifest = z.looseObject({ scripts: z.record(z.string(), z.string()) });

/** What a job may beyond reading the repository: signing a statement of provenance, and drafting a release. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  "release.yml": {
    attest: { contents: "read", "id-token": "write", attestations: "write" },
    publish: { contents: "write" },
  },
};

it("the compose file sets only variables that the worker reads", () => {
  const known = new Set<string>([
    ...Object.values(SETTINGS).map(({ env }) => env),
    "GIT_TOKEN",
    "DGRID_DASHBOARD_TOKEN",
  ]);
  const { environment } = Compose.parse(parse(read("docker-compose.yml"))).services.worker;
  expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  for (const [name, value] of Object.entries(environment)) {
    const taken = /^\$\{([A-Z_]+)/.exec(value)?.[1] ?? name;
    expect(taken).toBe(name);
  }
});

it("the compose file gives the worker the data folder and the socket that it is told of", () => {
  const { environment, volumes } = Compose.parse(parse(read("docker-compose.yml"))).services.worker;
  const mounted = volumes.map((volume) => volume.split(":")[1]);
  expect(mounted).toContain(environment["DGRID_DATA_DIR"]);
  expect(mounted).toContain(environment["DOCKER_HOST"]?.replace("unix://", ""));
});

it("what the image copies is not left out by .dockerignore", () => {
  const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(?!\. )(.+) \S+$/gm)].flatMap(([, names = ""]) =>
    names.split(" "),
  );
  const kept = read(".dockerignore").split("\n");
  expect(copied.length).toBeGreaterThan(0);
  expect(copied.filter((name) => !kept.includes(`!${name}`))).toEqual([]);
});

const workflows = readdirSync(join(import.meta.dirname, "../.github/workflows"));

it("every workflow keeps the rules, and has the permissions that are listed here and no other", () => {
  expect(workflows).toEqual(expect.arrayContaining(["ci.yml", "release.yml"]));
  for (const name of workflows) {
    const complaints = workflowComplaints(read(`.github/workflows/${name}`), PERMISSIONS[name]);
    expect(complaints.map((complaint) => `${name}: ${complaint}`)).toEqual([]);
  }
});

it("no workflow starts a real Electron without its sandbox, neither as root nor by an argument", () => {
  const scripts = workflows.flatMap((name) =>
    Object.values(Workflow.parse(parse(read(`.github/workflows/${name}`))).jobs).map(({ steps }) =>
      steps.map(({ run }) => run).join("\n"),
    ),
  );
  const electron = scripts.filter((script) => /install-electron|smoke-packaged/.test(script));
  expect(electron).toHaveLength(3);
  expect(electron.filter((script) => /sudo (?!apt-get |sysctl )|no-sandbox/.test(script))).toEqual([]);
});

it("a workflow that breaks every rule is complained of for each", () => {
  const broken = `on: { pull_request_target: {} }
permissions: { contents: write }
jobs:
  one:
    permissions: { id-token: write }
    steps:
      - uses: actions/checkout@v5
      - run: echo "\${{ github.event.pull_request.title }}"
`;
  expect(workflowComplaints(broken)).toEqual([
    "is triggered by pull_request_target",
    "may more than read",
    "one has other permissions than listed",
    "one has no timeout",
    "one uses actions/checkout@v5",
    "one keeps its credentials",
    "one writes an expression into a script",
    "no version beside - uses: actions/checkout@v5",
  ]);
});

it("a release is built with the checks, names and files that the packages have", () => {
  const release = read(".github/workflows/release.yml");
  expect(release).toContain("npm ci");
  expect(release).toContain(".version package.json");
  expect(release).toContain("--draft");
  // What its runtime makes of its start is in no other package.
  expect(release).toContain("smoke-packaged.ts dist/packages/*.AppImage");
  const { scripts } = Manifest.parse(JSON.parse(read("package.json")));
  for (const [, name = ""] of release.matchAll(/npm run ([a-z:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
});
