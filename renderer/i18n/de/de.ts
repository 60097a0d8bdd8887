import type { en } from "../en/en.ts";
import type { Translation } from "../translation.ts";
import { faults } from "./faults.ts";
import { deStatus as status } from "../../../shared/texts/status-de.ts";
import { confinement } from "./confinement.ts";
import { common } from "./every-screen.ts";
import { desktop } from "./desktop.ts";
import { home } from "./home.ts";
import { queue } from "./queue.ts";
import { running } from "./running.ts";
import { history } from "./history.ts";
import { limits } from "./limits.ts";
import { grids } from "./grids.ts";
import { submit } from "./submit.ts";
import { settings } from "./settings.ts";
import { setup } from "./setup.ts";

const texts = {
  status,
  common,
  confinement,
  desktop,
  home,
  queue,
  running,
  history,
  limits,
  grids,
  submit,
  settings,
  setup,
} satisfies Translation<typeof en>;

/** Faults come from the worker in English: other languages need their own words for each code. */
export const de = { ...texts, faults };
