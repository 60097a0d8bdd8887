import type { en } from "../en/en.ts";
import type { Translation } from "../translation.ts";

export const desktop: Translation<(typeof en)["desktop"]> = {
  connecting: {
    title: "D-GRID startet …",
    text: "Dieses Fenster zeigt, was D-GRID auf diesem Rechner tut.",
  },
  lost: {
    title: "D-GRID antwortet nicht",
    text: "Was du siehst, ist veraltet. Dieses Fenster verbindet sich von selbst wieder. Bleibt es dabei, beende D-GRID und starte es neu.",
  },
  application: {
    title: "Diese Anwendung",
    openAtLogin: "Starten, wenn ich mich anmelde",
    openAtLoginMeans: "Das Spenden geht dann weiter, wie du es verlassen hast.",
    startHidden: "Ohne Fenster starten",
    startHiddenTray: "Nur das Symbol im Infobereich zeigt, dass es läuft.",
    startHiddenNoTray: "Das Fenster startet minimiert.",
    closing: "Fenster schließen",
    closingTray:
      "Das Spenden geht weiter: Das Symbol im Infobereich holt das Fenster zurück und beendet die Anwendung.",
    closingNoTray:
      "Dieser Desktop hat keinen Infobereich, darum minimiert Schließen das Fenster. Das Spenden geht weiter.",
    onQuit: "Wenn ich beende, während Aufgaben laufen",
    onQuitChoice: { ask: "Mich fragen", finish: "Erst fertig rechnen", give_back: "Stoppen und zurückgeben" },
    onQuitMeans: {
      ask: "Jedes Mal, mit beiden Wegen zur Wahl.",
      finish: "Neues wird nicht angenommen, und D-GRID endet, wenn sie fertig sind.",
      give_back: "D-GRID endet sofort. Was sie berechnet haben, geht verloren, und andere Rechner nehmen sie an.",
    },
    notify: "Sag mir Bescheid",
    notifyMeans: "Solange das Spenden ruhig läuft, wird nichts gemeldet.",
    notifyOf: {
      taskFailed: "Wenn eine Aufgabe fehlschlägt",
      gridUnreachable: "Wenn ein Grid nicht erreichbar ist",
      allDone: "Wenn alles erledigt ist",
    },
  },
  updates: {
    title: "Aktualisierung",
    wanted: "Nach neuen Versionen sehen und sie holen",
    wantedMeans: "Eine Aktualisierung beendet nie eine Aufgabe.",
    now: "Dies ist Version {{version}}.",
    state: {
      unwanted: "Nach neuen Versionen wird nicht gesehen.",
      unable: "Dieses Paket kann sich nicht selbst aktualisieren: Aktualisiere es dort, wo du es her hast.",
      idle: "Nach neuen Versionen wird von selbst gesehen.",
      checking: "Nach einer neuen Version wird gesehen …",
      current: "Dies ist die neueste Version.",
      fetching: "Die neue Version wird geholt …",
      ready: "Die neue Version ist geholt. Sie wird installiert, wenn D-GRID beendet wird.",
      asked:
        "Die neue Version ist geholt und wartet, bis du sie installierst: Dein System fragt dann nach einem Passwort.",
      failed: "Nach einer neuen Version zu sehen ist misslungen.",
    },
    newVersion: "Neue Version",
    progress: "Geholt",
    notes: "Was neu ist",
    notesNone: "Die Version sagt nicht, was neu ist.",
    check: "Jetzt nachsehen",
    waits_one: "Es wartet auf {{count, number}} Aufgabe: Eine Aktualisierung beendet nie eine.",
    waits_other: "Es wartet auf {{count, number}} Aufgaben: Eine Aktualisierung beendet nie eine.",
    install: "Neu starten und aktualisieren",
  },
  faults: {
    grid_auth_failed: {
      meaning: "Der Server des Grids hat die Anmeldung nicht angenommen.",
      next: "Melde dich mit einem gültigen Token neu an oder prüfe den SSH-Schlüssel.",
    },
    grid_history_rewritten: {
      meaning: "Die Geschichte des Grids wurde umgeschrieben. Es wird nichts mehr angenommen.",
      next: "Frage den Besitzer des Grids nach dem Grund und nimm die neue Geschichte dann unter Grids an.",
    },
    data_directory_unwritable: {
      meaning: "In das Datenverzeichnis kann nicht geschrieben werden.",
      next: "Prüfe Besitzer und Rechte.",
    },
    container_failed: {
      meaning: "Die Container-Engine konnte die Aufgabe nicht ausführen.",
      next: "Sieh dir die Meldung an; „Einstellungen & Zustand“ prüft die Engine.",
    },
    method_unknown: {
      meaning: "D-GRID kennt diese Anfrage nicht.",
      next: "Beende D-GRID und starte es neu.",
    },
    worker_disconnected: {
      meaning: "D-GRID antwortet nicht.",
      next: "Versuche es gleich noch einmal. Bleibt es dabei, beende D-GRID und starte es neu.",
    },
    internal_error: {
      meaning: "In D-GRID ist etwas schiefgegangen; das ist ein Programmfehler.",
      next: "Sieh in das Programmprotokoll unter „Einstellungen & Zustand“ und melde den Fehler.",
    },
    setting_overridden: {
      meaning: "Das gibt die Umgebung vor, darum lässt es sich hier nicht ändern.",
      next: "Entferne die Umgebungsvariable und starte D-GRID neu.",
    },
    grid_unknown: {
      meaning: "Dieses Grid ist keins von deinen.",
      next: "Es wurde vielleicht inzwischen entfernt.",
    },
  },
};
