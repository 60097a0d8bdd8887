import { app, dialog } from "electron";

export interface Question {
  readonly type: "question" | "error";
  readonly message: string;
  readonly detail: string;
  /** The last one is what closing the question without an answer means. */
  readonly buttons: readonly string[];
  /** The index of the button that Enter presses; the first unless said otherwise. */
  readonly usual?: number;
}

/** Asks the donor in a dialog of the system; resolves to the index of the button. */
export async function ask({ type, message, detail, buttons, usual = 0 }: Question): Promise<number> {
  const { response } = await dialog.showMessageBox({
    type,
    title: app.getName(),
    message,
    detail,
    buttons: [...buttons],
    defaultId: usual,
    cancelId: buttons.length - 1,
    // Windows would show the buttons as large links.
    noLink: true,
  });
  return response;
}
