/** `Notification`: what the application would have said to the desktop. */
import { hostEvent } from "./event.ts";
import { HostEmitter } from "./unimplemented.ts";

type Implemented = "title" | "subtitle" | "body" | "silent" | "urgency" | "timeoutType" | "show" | "close";
type Further = "actions" | "hasReply" | "closeButtonText" | "replyPlaceholder" | "sound" | "toastXml";

export class Notification extends HostEmitter implements Pick<Electron.Notification, Implemented | Further> {
  static isSupported(): boolean {
    return true;
  }

  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: Electron.Notification["urgency"];
  timeoutType: Electron.Notification["timeoutType"];
  actions: Electron.NotificationAction[];
  hasReply: boolean;
  closeButtonText: string;
  replyPlaceholder: string;
  sound: string;
  toastXml: string;
  #shown = false;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? "";
    this.subtitle = options.subtitle ?? "";
    this.body = options.body ?? "";
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? "normal";
    this.timeoutType = options.timeoutType ?? "default";
    this.actions = options.actions ?? [];
    this.hasReply = options.hasReply ?? false;
    this.closeButtonText = options.closeButtonText ?? "";
    this.replyPlaceholder = options.replyPlaceholder ?? "";
    this.sound = options.sound ?? "";
    this.toastXml = options.toastXml ?? "";
  }
  show(): void {
    this.#shown = true;
    queueMicrotask(() => this.emit("show", hostEvent()));
  }
  close(): void {
    if (!this.#shown) return;
    this.#shown = false;
    queueMicrotask(() => this.emit("close", hostEvent({ reason: "applicationHidden" })));
  }
}
