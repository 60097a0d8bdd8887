import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTaskFile } from "./task-file.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const code = (text: string | Uint8Array, name = "a.json"): string => {
  const parsed = parseTaskFile(name, "file", typeof text === "string" ? bytes(text) : text);
  return "code" in parsed ? parsed.code : "valid";
};
const valid = { task_id: "a", script: "true" };

describe("a task file", () => {
  it("is valid with the two required fields; unknown ones are no error and take no memory", () => {
    const parsed = parseTaskFile("a.json", "file", bytes(JSON.stringify({ ...valid, colour: "red" })));
    expect(parsed).toEqual({ value: { ...valid, timeout_seconds: 30 } });
  });

  it("may have CRLF line ends", () => {
    expect(code('{\r\n"task_id": "a",\r\n"script": "true"\r\n}\r\n')).toBe("valid");
  });

  it.each([
    ["not JSON", "{", "not_json"],
    ["empty", "", "not_json"],
    ["a byte order mark", "\ufeff{}", "not_json"],
    ["an array", "[]", "not_a_task"],
    ["null", "null", "not_a_task"],
    ["a number", "1", "not_a_task"],
    ["no script", '{"task_id":"a"}', "not_a_task"],
    ["an empty script", '{"task_id":"a","script":""}', "not_a_task"],
    ["a blank script", '{"task_id":"a","script":" \\n"}', "not_a_task"],
    ["a script with NUL", '{"task_id":"a","script":"a\\u0000b"}', "not_a_task"],
    ["a script that is a list", '{"task_id":"a","script":["true"]}', "not_a_task"],
    ["a script of 5001 characters", JSON.stringify({ ...valid, script: "x".repeat(5001) }), "not_a_task"],
    ["timeout 9", JSON.stringify({ ...valid, timeout_seconds: 9 }), "not_a_task"],
    ["timeout 301", JSON.stringify({ ...valid, timeout_seconds: 301 }), "not_a_task"],
    ["timeout 30.5", JSON.stringify({ ...valid, timeout_seconds: 30.5 }), "not_a_task"],
    ["timeout as text", JSON.stringify({ ...valid, timeout_seconds: "30" }), "not_a_task"],
    ["timeout null", JSON.stringify({ ...valid, timeout_seconds: null }), "not_a_task"],
    ["an unknown priority", JSON.stringify({ ...valid, priority: "urgent" }), "not_a_task"],
    ["an image with a dash in front", JSON.stringify({ ...valid, image: "--privileged" }), "not_a_task"],
    ["an image with white space", JSON.stringify({ ...valid, image: "a b" }), "not_a_task"],
    ["a dependency with a path", JSON.stringify({ ...valid, depends_on: ["../a"] }), "not_a_task"],
    ["a resource that is none", JSON.stringify({ ...valid, resources: { privileged: true } }), "not_a_task"],
    ["no memory", JSON.stringify({ ...valid, resources: { memory_mb: 0 } }), "not_a_task"],
    ["endless memory", '{"task_id":"a","script":"true","resources":{"memory_mb":1e999}}', "not_a_task"],
    ["an id with a slash", '{"task_id":"../a","script":"true"}', "not_a_task"],
    ["an id that is not the name", '{"task_id":"b","script":"true"}', "name_is_not_id"],
    ["an id with other case", '{"task_id":"A","script":"true"}', "name_is_not_id"],
  ])("with %s is refused by name", (_what, text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it("that is not UTF-8 is refused", () => {
    expect(code(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))).toBe("not_utf8");
  });

  it("over 64 KiB is refused without being parsed", () => {
    expect(code(`{"task_id":"a","script":"true","x":"${"y".repeat(65_536)}"}`)).toBe("too_large");
  });

  it("nested deeply is refused, and costs no stack", () => {
    expect(code(`{"task_id":"a","script":"true","x":${"[".repeat(30_000)}${"]".repeat(30_000)}}`)).toBe("too_deep");
  });

  it.each([
    "../a.json",
    "a",
    "a.JSON",
    ".json",
    "a b.json",
    "a.json.json",
    "-.txt",
    `${"a".repeat(65)}.json`,
    "a\u0000.json",
    "a\u202e.json",
  ])("named %j is refused", (name) => {
    expect(code(JSON.stringify(valid), name)).toBe("bad_file_name");
  });

  it.each(["symlink", "submodule"] as const)("that is a %s is refused", (mode) => {
    expect(parseTaskFile("a.json", mode, bytes(JSON.stringify(valid)))).toMatchObject({ code: "not_a_file" });
  });

  it("of any bytes is either a task named as its file or a named problem, never a crash", () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map(bytes),
      fc
        .record(
          {
            task_id: fc.oneof(fc.constant("a"), fc.string(), fc.anything()),
            script: fc.anything(),
            timeout_seconds: fc.anything(),
            image: fc.anything(),
            resources: fc.anything(),
            depends_on: fc.anything(),
          },
          { requiredKeys: [] },
        )
        .map((value) => bytes(JSON.stringify(value) ?? "undefined")),
    );
    fc.assert(
      fc.property(anything, (content) => {
        const parsed = parseTaskFile("a.json", "file", content);
        if ("code" in parsed) {
          expect(parsed.code).toMatch(/^(not_utf8|not_json|too_deep|not_a_task|name_is_not_id)$/);
          expect(parsed.detail).toMatch(/^[^\n]{0,400}$/);
        } else {
          expect(parsed.value.task_id).toBe("a");
          expect(parsed.value.script.trim()).not.toBe("");
          expect(parsed.value.timeout_seconds).toBeGreaterThanOrEqual(10);
          expect(parsed.value.timeout_seconds).toBeLessThanOrEqual(300);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
