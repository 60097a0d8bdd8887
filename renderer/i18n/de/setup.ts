import type { en } from "../en/en.ts";
import type { Translation } from "../translation.ts";

export const setup: Translation<(typeof en)["setup"]> = {
  title: "Willkommen bei D-GRID",
  lead: "Drei kurze Schritte. Nichts läuft, bevor du es am Ende sagst.",
  steps: "Schritte",
  step: { engine: "Engine", grid: "Grid", limits: "Grenzen", summary: "Start" },
  stepState: { done: "erledigt", current: "dieser Schritt", skipped: "übersprungen", open: "kommt noch" },
  engineTitle: "Ist alles da, um Aufgaben sicher auszuführen?",
  engineText:
    "Aufgaben laufen in Containern, ohne Netz und ohne Blick auf deine Dateien. Dafür braucht es eine Container-Engine und Git.",
  gridTitle: "Wem möchtest du geben?",
  gridText:
    "Ein Grid ist ein Git-Repository mit einer Warteschlange von Aufgaben. Du kannst später weitere hinzufügen, oder jetzt keines.",
  gridDemo: "Demo-Grid",
  gridDemoText:
    "Ein Dutzend harmloser Aufgaben in einem Grid auf diesem Rechner. So siehst du am schnellsten, wie es geht.",
  gridDemoDo: "Demo-Grid verwenden",
  gridOwn: "Ein Grid, das du kennst",
  gridOwnText: "Jemand hat dir seine Adresse gegeben.",
  chosen_one: "{{count}} Grid ist gewählt",
  chosen_other: "{{count}} Grids sind gewählt",
  limitsTitle: "Wie viel dürfen Aufgaben nutzen?",
  limitsText: "Alle Aufgaben zusammen nutzen nie mehr. Du kannst es jederzeit ändern.",
  summaryTitle: "Bereit, wenn du es bist",
  nothingYet: "Bisher ist nichts gelaufen.",
  summaryGrids: "Grids",
  summaryNoGrids: "Noch keines: Füge unter Grids eines hinzu, wann du magst.",
  summaryEngine: "Engine",
  summaryEngineFine: "Bereit",
  summaryEngineMissing: "Noch nicht bereit. Aufgaben starten, sobald sie es ist.",
  summaryLimits: "Grenzen",
  summaryLimitsAre_one: "Bis zu {{cores}}, {{memory}} Arbeitsspeicher, {{tasks}} Aufgabe zurzeit",
  summaryLimitsAre_other: "Bis zu {{cores}}, {{memory}} Arbeitsspeicher, {{tasks}} Aufgaben zugleich",
  start: "Jetzt spenden",
  starting: "Wird gestartet …",
  later: "Später",
  laterMeans: "Der Schalter auf der Startseite legt los.",
  next: "Weiter",
  skip: "Überspringen",
  back: "Zurück",
};
