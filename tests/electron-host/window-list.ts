/** The open windows, known to the application object (which closes them) and to the windows (which enter themselves). */

/** What quitting needs of a window. */
export interface ListedWindow {
  close(): void;
  destroy(): void;
}

export const windows = new Set<ListedWindow>();
