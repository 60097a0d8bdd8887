/** What only the desktop application says: its window, its own settings, its updates. */
export const desktop = {
  connecting: {
    title: "D-GRID is starting…",
    text: "This window shows what D-GRID does on this machine.",
  },
  lost: {
    title: "D-GRID does not answer",
    text: "What you see is old. This window connects again by itself. If it stays like this, quit D-GRID and start it again.",
  },
  application: {
    title: "This application",
    openAtLogin: "Start when I log in",
    openAtLoginMeans: "Donating then goes on as you left it.",
    startHidden: "Start without a window",
    startHiddenTray: "Only the icon in the tray shows that it runs.",
    startHiddenNoTray: "The window starts minimised.",
    closing: "Closing the window",
    closingTray: "Donating goes on: the icon in the tray brings the window back, and quits.",
    closingNoTray: "This desktop has no tray, so closing minimises the window, and donating goes on.",
    onQuit: "When I quit while tasks run",
    onQuitChoice: { ask: "Ask me", finish: "Finish them first", give_back: "Stop and give them back" },
    onQuitMeans: {
      ask: "Each time, with both ways to choose from.",
      finish: "Nothing new is taken, and D-GRID ends once they are done.",
      give_back: "D-GRID ends at once. What they have computed is lost, and other machines take them.",
    },
    notify: "Tell me",
    notifyMeans: "Nothing is told while donating goes on quietly.",
    notifyOf: {
      taskFailed: "When a task fails",
      gridUnreachable: "When a grid cannot be reached",
      allDone: "When everything is done",
    },
  },
  updates: {
    title: "Updates",
    wanted: "Look for new versions and fetch them",
    wantedMeans: "An update never ends a task.",
    now: "This is version {{version}}.",
    state: {
      unwanted: "New versions are not looked for.",
      unable: "This package cannot update itself: update it where you got it from.",
      idle: "New versions are looked for by themselves.",
      checking: "Looking for a new version …",
      current: "This is the newest version.",
      fetching: "Fetching the new version …",
      ready: "The new version is fetched. It is installed when D-GRID is quit.",
      asked: "The new version is fetched, and waits until you install it: your system asks for a password then.",
      failed: "Looking for a new version did not work.",
    },
    newVersion: "New version",
    progress: "Fetched",
    notes: "What is new",
    notesNone: "The release says nothing about what is new.",
    check: "Check now",
    waits_one: "It waits for {{count, number}} task: an update never ends one.",
    waits_other: "It waits for {{count, number}} tasks: an update never ends one.",
    install: "Restart and update",
  },
  faults: {
    grid_auth_failed: {
      meaning: "The grid's server did not accept the credentials.",
      next: "Sign in again with a valid token, or check the SSH key.",
    },
    grid_history_rewritten: {
      meaning: "The grid's history was rewritten; claiming has stopped.",
      next: "Ask the grid's owner why, then accept the new history under Grids.",
    },
    data_directory_unwritable: {
      meaning: "The data directory cannot be written.",
      next: "Check its owner and permissions.",
    },
    container_failed: {
      meaning: "The container engine could not run the task.",
      next: "See the message; Settings & health checks the engine.",
    },
    method_unknown: {
      meaning: "D-GRID does not know this request.",
      next: "Quit D-GRID and start it again.",
    },
    worker_disconnected: {
      meaning: "D-GRID does not answer.",
      next: "Try again in a moment. If it stays like this, quit D-GRID and start it again.",
    },
    internal_error: {
      meaning: "D-GRID failed in a way that is a bug.",
      next: "See the program log under Settings & health, and report it.",
    },
    setting_overridden: {
      meaning: "The environment sets this, so it cannot be changed here.",
      next: "Remove the environment variable and start D-GRID again.",
    },
    grid_unknown: {
      meaning: "This grid is not among yours.",
      next: "It may have been removed in the meantime.",
    },
  },
} as const;
