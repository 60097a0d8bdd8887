/** What the tray shows, decided apart from showing it: the window's picture and words, as a menu. */
import type { MethodInput } from "../../shared/contract/methods.ts";
import type { RunView, State, StatusView } from "../../shared/contract/views.ts";
import { filled, type Texts } from "../../shared/texts/texts.ts";

export type TrayAction =
  | { readonly do: "mode"; readonly input: MethodInput<"mode.set"> }
  | { readonly do: "demo" }
  | { readonly do: "open"; readonly place?: string }
  | { readonly do: "quit" };

export type TrayItem =
  | { readonly kind: "text"; readonly label: string }
  | { readonly kind: "line" }
  | { readonly kind: "menu"; readonly label: string; readonly items: readonly TrayItem[] }
  | { readonly kind: "action"; readonly label: string; readonly action: TrayAction };

export interface TrayModel {
  readonly state: State;
  readonly toolTip: string;
  readonly items: readonly TrayItem[];
}

export interface TrayPicture {
  readonly status: StatusView;
  readonly runs: readonly Pick<RunView, "taskId" | "claimId" | "state">[];
  /** Whether there is any grid to give to. */
  readonly hasGrid: boolean;
  /** How the application is being quit; undefined while it is not. */
  readonly quitting: "finish" | "give_back" | undefined;
}

const PAUSES = ["15m", "1h", "4h", "tomorrow", "until_resumed"] as const;
/** A longer list than this is read in the window. */
const RUNS_SHOWN = 8;
const LABEL_MOST = 60;
/** What could make a name look like something else, or like nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function trayModel(picture: TrayPicture, texts: Texts): TrayModel {
  const { status, runs, quitting } = picture;
  const { desktop } = texts;
  const title = quitting === undefined ? titleOf(status, texts) : desktop.quitting[quitting];
  const running = runs.filter(({ state }) => state === "running");
  const count =
    running.length === 0
      ? desktop.nothingRuns
      : running.length === 1
        ? desktop.oneRuns
        : filled(desktop.manyRun, { tasks: running.length });
  const tail: TrayItem[] = [
    running.length === 0
      ? { kind: "text", label: count }
      : { kind: "menu", label: count, items: running.slice(0, RUNS_SHOWN).map(runItem) },
    { kind: "line" },
    { kind: "action", label: desktop.open, action: { do: "open" } },
    { kind: "action", label: desktop.quit, action: { do: "quit" } },
  ];
  const head: TrayItem[] = [{ kind: "text", label: title }, { kind: "line" }];
  const switches = quitting === undefined ? [...switchItems(picture, texts), { kind: "line" } as const] : [];
  return {
    state: status.state,
    toolTip: `${desktop.name}: ${title}\n${count}`,
    items: [...head, ...switches, ...tail],
  };
}

function titleOf({ reason, mode }: StatusView, { locale, status, desktop }: Texts): string {
  const { title } = status.reason[reason];
  if (mode.kind !== "paused" || mode.untilMs === undefined) return title;
  const time = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  return `${title}, ${filled(desktop.until, { time: time.format(mode.untilMs) })}`;
}

/** The same choices as the window's switch has, in its order. */
function switchItems({ status: { mode }, hasGrid }: TrayPicture, { status, desktop }: Texts): TrayItem[] {
  const { act } = status;
  const set = (label: string, input: MethodInput<"mode.set">): TrayItem => ({
    kind: "action",
    label,
    action: { do: "mode", input },
  });
  if (!hasGrid) return [{ kind: "action", label: desktop.tryDemo, action: { do: "demo" } }];
  const always = set(act.always, { to: "always" });
  if (mode.kind === "off") return [set(act.on, { to: "donate" }), always];
  const on = mode.kind === "donate" || mode.kind === "always";
  return [
    on ? set(act.pause, { to: "pause", for: "until_resumed" }) : set(act.resume, { to: mode.resumeAs }),
    {
      kind: "menu",
      label: desktop.pauseFor,
      items: PAUSES.map((time) => set(act.pauseFor[time], { to: "pause", for: time })),
    },
    ...(mode.kind === "finishing" ? [] : [set(act.finish, { to: "finish" })]),
    mode.kind === "always" ? set(act.byRules, { to: "donate" }) : always,
  ];
}

/** Leads to the run in the window. The name came from a grid. */
function runItem({ taskId, claimId }: TrayPicture["runs"][number]): TrayItem {
  const name = taskId.replace(INVISIBLE, "\uFFFD");
  const label = name.length > LABEL_MOST ? `${name.slice(0, LABEL_MOST - 1)}…` : name;
  return { kind: "action", label, action: { do: "open", place: `/running/${encodeURIComponent(claimId)}` } };
}
