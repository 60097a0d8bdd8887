/** The same words in German: see `status-en.ts`. */
export const deStatus = {
  state: {
    donating: "Spendet",
    holding: "Wartet",
    finishing: "Beendet noch",
    suspended: "Pausiert",
    off: "Aus",
  },
  reason: {
    donating: {
      title: "Spendet Rechenzeit",
      why: "Dieser Rechner nimmt Aufgaben an und führt sie innerhalb deiner Grenzen aus.",
      change: "Du kannst jederzeit pausieren oder abschalten.",
    },
    not_switched_on: {
      title: "Spendet nicht",
      why: "Hier läuft nichts, bis du das Spenden einschaltest.",
      change: "Schalte das Spenden ein, um zu beginnen.",
    },
    not_ready: {
      title: "Nicht bereit",
      why: "Etwas, das zum Ausführen von Aufgaben nötig ist, fehlt.",
      change: "Unten steht, was fehlt. Sobald es da ist, geht es von selbst weiter.",
    },
    paused_by_donor: {
      title: "Von dir pausiert",
      why: "Laufende Aufgaben sind eingefroren, neue werden nicht angenommen.",
      change: "Setze fort, um dort weiterzumachen, wo es aufgehört hat.",
    },
    finishing: {
      title: "Beendet noch",
      why: "Laufende Aufgaben werden beendet, neue nicht angenommen. Danach pausiert dieser Rechner.",
      change: "Setze fort, um wieder neue Aufgaben anzunehmen.",
    },
    asleep: {
      title: "Pausiert: der Rechner schläft",
      why: "Der Rechner geht in den Ruhezustand, deshalb sind Aufgaben eingefroren.",
      change: "Es geht weiter, sobald er aufwacht.",
    },
    on_battery: {
      title: "Pausiert: Akkubetrieb",
      why: "Dieser Rechner läuft auf Akku, deshalb sind die Aufgaben eingefroren.",
      change: "Schließe ihn an den Strom an, dann geht es von selbst weiter.",
    },
    too_hot: {
      title: "Pausiert: zu heiß",
      why: "Dieser Rechner ist zu heiß, deshalb sind die Aufgaben eingefroren.",
      change: "Sobald er abgekühlt ist, geht es von selbst weiter.",
    },
    memory_pressure: {
      title: "Pausiert: wenig Speicher frei",
      why: "Der freie Arbeitsspeicher ist unter deine Untergrenze gefallen, deshalb sind die Aufgaben eingefroren.",
      change: "Sobald wieder Speicher frei ist, geht es von selbst weiter.",
    },
    outside_schedule: {
      title: "Pausiert: außerhalb deines Zeitplans",
      why: "Dein Zeitplan erlaubt um diese Zeit keine Aufgaben.",
      change: "Mit dem nächsten Zeitfenster geht es weiter. „Immer“ übergeht den Zeitplan.",
    },
    person_active: {
      title: "Pausiert: du bist da",
      why: "Du benutzt den Rechner und hast gewählt, dass Aufgaben solange warten.",
      change: "Es geht weiter, wenn ihn eine Weile niemand benutzt hat.",
    },
    exclusive_program: {
      title: "Pausiert: ein anderes Programm hat Vorrang",
      why: "Ein Programm läuft, dem du den Rechner allein überlässt.",
      change: "Sobald dieses Programm endet, geht es weiter.",
    },
    machine_busy: {
      title: "Pausiert: der Rechner ist beschäftigt",
      why: "Andere Programme brauchen den Prozessor, deshalb sind die Aufgaben eingefroren.",
      change: "Sobald sie weniger brauchen, geht es von selbst weiter. „Immer“ übergeht das.",
    },
    rate_limit: {
      title: "Wartet: genug für diese Stunde",
      why: "Es wurden so viele Aufgaben begonnen, wie du in einer Stunde erlaubst.",
      change: "Die nächste kommt, wenn die Stunde um ist – oder du erhöhst die Grenze.",
    },
    disk_low: {
      title: "Wartet: wenig Platz auf der Platte",
      why: "Der freie Platz liegt unter deiner Untergrenze. Laufende Aufgaben gehen weiter, neue werden nicht angenommen.",
      change: "Schaffe etwas Platz, dann geht es von selbst weiter.",
    },
  },
  mode: {
    off: { title: "Aus", why: "Nichts läuft.", change: "Schalte das Spenden ein, um zu beginnen." },
    donate: {
      title: "Spenden",
      why: "Führt Aufgaben nach deinen Regeln und Grenzen aus.",
      change: "Du kannst jederzeit pausieren oder abschalten.",
    },
    always: {
      title: "Immer",
      why: "Übergeht Zeitplan, Anwesenheit und einen beschäftigten Rechner. Akku, Hitze und Speicher zählen weiterhin.",
      change: "Zurück zu „Spenden“, um wieder deinen Regeln zu folgen.",
    },
    paused: {
      title: "Pausiert",
      why: "Laufende Aufgaben sind eingefroren, neue werden nicht angenommen.",
      change: "Setze fort, um weiterzumachen.",
    },
    finishing: {
      title: "Beenden, dann pausieren",
      why: "Laufende Aufgaben werden beendet, neue nicht angenommen, dann pausiert dieser Rechner.",
      change: "Setze fort, um wieder neue Aufgaben anzunehmen.",
    },
  },
  act: {
    on: "Spenden",
    off: "Pausieren",
    resume: "Fortsetzen",
    pause: "Pausieren",
    pauseFor: {
      "15m": "Für 15 Minuten",
      "1h": "Für 1 Stunde",
      "4h": "Für 4 Stunden",
      tomorrow: "Bis morgen",
      until_resumed: "Bis ich fortsetze",
    },
    finish: "Beenden, dann pausieren",
    always: "Immer",
    byRules: "Nach meinen Regeln spenden",
  },
} as const;
