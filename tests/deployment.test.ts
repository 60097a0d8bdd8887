import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { SETTINGS } from "../main/headless/configuration.ts";

const read = (path: string): string => readFileSync(join(import.meta.dirname, "..", path), "utf8");

const Compose = z.object({
  services: z.object({
    worker: z.object({ environment: z.record(z.string(), z.string()), volumes: z.array(z.string()) }),
  }),
});

const Workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.object({ steps: z.array(z.object({ uses: z.string().optional() })) })),
});

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

it("the workflow may read only, and names each action by its full commit", () => {
  const { permissions, jobs } = Workflow.parse(parse(read(".github/workflows/ci.yml")));
  expect(permissions).toEqual({ contents: "read" });
  const used = Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses])),
  );
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});
