/**
 * The words for what this machine does and why: the window and the tray say the same.
 * `change` says what would change it.
 */
export const enStatus = {
  state: {
    donating: "Donating",
    holding: "Waiting",
    finishing: "Finishing",
    suspended: "Paused",
    off: "Off",
  },
  reason: {
    donating: {
      title: "Donating",
      why: "This machine takes tasks and runs them within your limits.",
      change: "Pause or switch off whenever you like.",
    },
    not_switched_on: {
      title: "Not donating",
      why: "Nothing runs here until you switch donating on.",
      change: "Switch donating on to begin.",
    },
    not_ready: {
      title: "Not ready",
      why: "Something that is needed to run tasks is missing.",
      change: "See below what is missing. Donating goes on by itself once it is there.",
    },
    paused_by_donor: {
      title: "Paused by you",
      why: "Running tasks are frozen and no new ones are taken.",
      change: "Resume to go on where it stopped.",
    },
    finishing: {
      title: "Finishing",
      why: "Running tasks are finished, new ones are not taken. After that this machine is paused.",
      change: "Resume to take new tasks again.",
    },
    asleep: {
      title: "Paused: the machine sleeps",
      why: "The machine goes to sleep, so tasks are frozen.",
      change: "Donating goes on when it wakes up.",
    },
    on_battery: {
      title: "Paused: on battery",
      why: "This machine runs on its battery, so tasks are frozen.",
      change: "Plug it in and donating goes on by itself.",
    },
    too_hot: {
      title: "Paused: too hot",
      why: "This machine is too hot, so tasks are frozen.",
      change: "Donating goes on by itself when it has cooled down.",
    },
    memory_pressure: {
      title: "Paused: little memory left",
      why: "Free memory has fallen below the floor you set, so tasks are frozen.",
      change: "Donating goes on by itself when memory is free again.",
    },
    outside_schedule: {
      title: "Paused: outside your schedule",
      why: "Your schedule does not allow tasks at this time.",
      change: "Donating goes on with the next window. “Always” ignores the schedule.",
    },
    person_active: {
      title: "Paused: you are here",
      why: "You are using this machine, and chose that tasks wait meanwhile.",
      change: "Donating goes on when nobody has used it for a while.",
    },
    exclusive_program: {
      title: "Paused: another program goes first",
      why: "A program is running that you gave the machine to alone.",
      change: "Donating goes on when that program ends.",
    },
    machine_busy: {
      title: "Paused: the machine is busy",
      why: "Other programs need the processor, so tasks are frozen.",
      change: "Donating goes on by itself when they need less. “Always” ignores this.",
    },
    rate_limit: {
      title: "Waiting: enough for this hour",
      why: "As many tasks were started as you allow in an hour.",
      change: "The next one is taken when the hour has passed, or raise the limit.",
    },
    disk_low: {
      title: "Waiting: little disk space left",
      why: "Free disk space is below the floor you set. Running tasks go on, new ones are not taken.",
      change: "Free some space and donating goes on by itself.",
    },
  },
  mode: {
    off: { title: "Off", why: "Nothing runs.", change: "Switch donating on to begin." },
    donate: {
      title: "Donate",
      why: "Runs tasks by your rules and limits.",
      change: "Pause or switch off at any time.",
    },
    always: {
      title: "Always",
      why: "Ignores schedule, presence and a busy machine. Battery, heat and memory are still respected.",
      change: "Back to “Donate” to follow your rules again.",
    },
    paused: { title: "Paused", why: "Running tasks are frozen, new ones are not taken.", change: "Resume to go on." },
    finishing: {
      title: "Finish, then pause",
      why: "Running tasks are finished, new ones are not taken, then this machine pauses.",
      change: "Resume to take new tasks again.",
    },
  },
  /** What the donor can do with the switch. */
  act: {
    on: "Donate",
    off: "Pause",
    resume: "Resume",
    pause: "Pause",
    pauseFor: {
      "15m": "For 15 minutes",
      "1h": "For 1 hour",
      "4h": "For 4 hours",
      tomorrow: "Until tomorrow",
      until_resumed: "Until I resume",
    },
    finish: "Finish, then pause",
    always: "Always",
    byRules: "Donate by my rules",
  },
} as const;
