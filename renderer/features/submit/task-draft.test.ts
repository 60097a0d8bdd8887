import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftOf, EMPTY_DRAFT, PRIORITIES, suggestedId, textOf, type TaskDraft } from "./task-draft.ts";

const anyDraft: fc.Arbitrary<TaskDraft> = fc.record({
  taskId: fc.string(),
  script: fc.string({ unit: "binary" }),
  timeoutSeconds: fc.option(fc.integer(), { nil: undefined }),
  priority: fc.option(fc.constantFrom(...PRIORITIES), { nil: undefined }),
  image: fc.string(),
  cpus: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0.1 }), { nil: undefined }),
  memoryMib: fc.option(fc.integer(), { nil: undefined }),
  dependsOn: fc.array(fc.string(), { maxLength: 4 }),
  others: fc.constantFrom({}, { created_at: "2026-11-24T00:00:00Z" }, { note: [1, { a: null }] }),
});

describe("a task in the form", () => {
  it("is what its file was made of", () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(draftOf(textOf(draft))).toEqual(draft);
      }),
    );
  });

  it("leaves out what is empty", () => {
    const draft = { ...EMPTY_DRAFT, taskId: "a", script: "true", timeoutSeconds: undefined };
    expect(JSON.parse(textOf(draft))).toEqual({ task_id: "a", script: "true" });
  });

  it("keeps fields that the form does not know", () => {
    const text = '{"task_id":"a","script":"true","signature":"abc"}';
    const draft = draftOf(text);
    expect(JSON.parse(textOf({ ...(draft ?? EMPTY_DRAFT), taskId: "b" }))).toEqual({
      task_id: "b",
      script: "true",
      signature: "abc",
    });
  });

  it("is not shown where the form would lose something", () => {
    for (const text of [
      "",
      "[]",
      "null",
      '{"task_id":1}',
      '{"depends_on":"a"}',
      '{"resources":{"gpus":1}}',
      '{"priority":"now"}',
    ]) {
      expect(draftOf(text)).toBeUndefined();
    }
  });

  it("gets an id that a task may have", () => {
    expect(suggestedId(1_790_000_000_000)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });
});
