import { describe, expect, test } from "vitest";
import { UpdateView } from "../../../shared/contract/views.ts";
import { en } from "../../i18n/en/en.ts";
import { mayCheck, updateWords } from "./update-words.ts";

const STATES = UpdateView.shape.state.options;

describe("the words of an update's state", () => {
  test("tell a donor's own choice from a package that cannot update itself", () => {
    expect(updateWords({ state: "off", installsOnQuit: true }, false)).toBe("unwanted");
    expect(updateWords({ state: "off", installsOnQuit: true }, true)).toBe("unable");
  });

  test("say only of what quitting installs that it does", () => {
    expect(updateWords({ state: "ready", installsOnQuit: true }, true)).toBe("ready");
    expect(updateWords({ state: "ready", installsOnQuit: false }, true)).toBe("asked");
  });

  test("exist for every state", () => {
    for (const state of STATES) {
      for (const wanted of [true, false])
        expect(en.desktop.updates.state).toHaveProperty(updateWords({ state, installsOnQuit: wanted }, wanted));
    }
  });
});

test("a new version is not looked for while that is under way, fetched already, or off", () => {
  expect(STATES.filter(mayCheck)).toEqual(["idle", "current", "failed"]);
});
