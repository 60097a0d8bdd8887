import { beforeEach, describe, expect, test } from "vitest";
import { fault } from "../../../shared/contract/fault.ts";
import { dismiss, shownNotices, useDismissed } from "./dismissed.ts";

const settings = fault("settings_damaged", "/data/settings.json.damaged-1");
const history = fault("history_damaged", "/data/history.db.damaged-1");

beforeEach(() => useDismissed.setState({ keys: new Set() }));

describe("notices of what was found damaged", () => {
  test("are all shown until they are put away, one by one", () => {
    expect(shownNotices([settings, history], useDismissed.getState().keys)).toEqual([settings, history]);
    dismiss(settings);
    expect(shownNotices([settings, history], useDismissed.getState().keys)).toEqual([history]);
  });

  test("come back neither with a new snapshot nor twice in one", () => {
    dismiss(settings);
    const again = [{ ...settings }, history, { ...history }];
    expect(shownNotices(again, useDismissed.getState().keys)).toEqual([history]);
  });

  test("are shown when the same thing is damaged once more, and kept elsewhere", () => {
    dismiss(settings);
    const later = fault("settings_damaged", "/data/settings.json.damaged-2");
    expect(shownNotices([settings, later], useDismissed.getState().keys)).toEqual([later]);
  });
});
