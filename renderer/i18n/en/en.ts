import { enStatus as status } from "../../../shared/texts/status-en.ts";
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

/** A namespace for each screen. */
export const en = {
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
};
