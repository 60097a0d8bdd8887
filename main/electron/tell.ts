/** Native notifications. */
import { Notification } from "electron";
import type { Desktop } from "../../shared/settings/settings.ts";
import { filled, type Texts } from "../../shared/texts/texts.ts";
import type { Notice } from "./notices.ts";

export interface TellOptions {
  readonly texts: () => Texts;
  readonly wanted: () => Desktop["notify"];
  readonly onOpen: (place: string) => void;
}

export interface Message {
  readonly title: string;
  readonly body: string;
  /** What a click opens. */
  readonly place: string;
}

export class Teller {
  readonly #options: TellOptions;
  /** One that nobody holds is collected, and its click with it. */
  readonly #shown = new Set<Notification>();

  constructor(options: TellOptions) {
    this.#options = options;
  }

  /** Tells what happened, where the donor wants to hear of such. */
  tell(notice: Notice): void {
    const { notify } = this.#options.texts().desktop;
    if (!this.#options.wanted()[notice.kind]) return;
    const { title, text } = notify[notice.kind];
    switch (notice.kind) {
      case "taskFailed":
        return this.show({
          title,
          body: filled(text, { task: notice.taskId }),
          place: `/history/${encodeURIComponent(notice.claimId)}`,
        });
      case "gridUnreachable":
        return this.show({
          title,
          body: filled(text, { grid: notice.grid, why: notice.fault.meaning }),
          place: "/grids",
        });
      case "allDone":
        return this.show({ title, body: text, place: "/history" });
    }
  }

  show({ title, body, place }: Message): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body, silent: true });
    this.#shown.add(notification);
    notification.on("click", () => this.#options.onOpen(place));
    notification.on("close", () => this.#shown.delete(notification));
    notification.show();
  }
}
