import type { FaultCode } from "../../../shared/contract/fault.ts";

/** What each fault means and what to do next. A missing code would be shown in the worker's own English: none is missing. */
export const faults: Record<FaultCode, { readonly meaning: string; readonly next: string }> = {
  git_missing: {
    meaning: "Git ist nicht installiert oder liegt nicht im PATH.",
    next: "Installiere Git (Debian: apt-get install git).",
  },
  grid_address_refused: {
    meaning: "Die Adresse des Grids ist keine, die sich sicher benutzen lässt.",
    next: "Berichtige die Adresse.",
  },
  grid_auth_failed: {
    meaning: "Der Server des Grids hat die Anmeldung nicht angenommen.",
    next: "Gib ein gültiges Token an (GIT_TOKEN) oder prüfe den SSH-Schlüssel.",
  },
  grid_forbidden: {
    meaning: "Der Server des Grids hat den Zugriff verweigert (403).",
    next: "Bitte den Besitzer des Grids um Schreibrecht oder prüfe, was das Token darf.",
  },
  grid_not_found: {
    meaning: "Unter der Adresse des Grids gibt es kein Repository.",
    next: "Prüfe die Adresse und ob das Token es lesen darf.",
  },
  grid_server_error: {
    meaning: "Der Server des Grids hat mit einem Fehler geantwortet.",
    next: "Nichts zu tun: Es wird von selbst noch einmal versucht.",
  },
  grid_unreachable: {
    meaning: "Der Server des Grids ist nicht erreichbar.",
    next: "Prüfe das Netzwerk: Es wird von selbst noch einmal versucht.",
  },
  grid_timed_out: {
    meaning: "Der Server des Grids hat nicht rechtzeitig geantwortet.",
    next: "Nichts zu tun: Es wird von selbst noch einmal versucht.",
  },
  grid_host_key_unknown: {
    meaning: "Der SSH-Hostschlüssel des Grid-Servers ist nicht bekannt.",
    next: "Verbinde dich einmal mit ssh und nimm den Schlüssel an.",
  },
  grid_empty: {
    meaning: "Das Repository hat noch keinen Commit, ist also kein Grid.",
    next: "Führe aus: dgrid init URL",
  },
  grid_layout_missing: {
    meaning: "Das Repository ist kein Grid: Ihm fehlen dessen Ordner.",
    next: "Prüfe die Adresse oder mache es zu einem Grid: dgrid init URL",
  },
  grid_history_rewritten: {
    meaning: "Die Geschichte des Grids wurde umgeschrieben. Es wird nichts mehr angenommen.",
    next: "Frage den Besitzer des Grids nach dem Grund und nimm die neue Geschichte dann an (--accept-rewrite).",
  },
  grid_too_large: {
    meaning: "Das Grid hat mehr Daten geschickt, als dieser Rechner annimmt.",
    next: "Bitte den Besitzer des Grids, große Dateien zu entfernen.",
  },
  grid_push_refused: {
    meaning: "Der Server des Grids hat den Commit nach einer eigenen Regel abgelehnt.",
    next: "Prüfe das Schreibrecht und die Branch-Regeln des Repositorys.",
  },
  grid_settings_invalid: {
    meaning: "Die grid.json des Grids ist nicht gültig. Es wird nichts mehr angenommen.",
    next: "Bitte den Besitzer des Grids, sie zu berichtigen.",
  },
  clone_broken: {
    meaning: "Die lokale Kopie des Grids ist beschädigt.",
    next: "Nichts zu tun: Sie wird von selbst neu angelegt.",
  },
  disk_full: {
    meaning: "Die Platte mit dem Datenverzeichnis ist voll.",
    next: "Schaffe etwas Platz: Es geht von selbst weiter.",
  },
  disk_low: {
    meaning: "Auf der Platte mit dem Datenverzeichnis ist nur noch wenig Platz.",
    next: "Schaffe etwas Platz.",
  },
  data_directory_unwritable: {
    meaning: "In das Datenverzeichnis kann nicht geschrieben werden.",
    next: "Prüfe Besitzer und Rechte oder wähle ein anderes mit --data-dir.",
  },
  data_directory_in_use: {
    meaning: "Ein anderer D-GRID-Prozess benutzt dieses Datenverzeichnis.",
    next: "Beende ihn oder wähle ein anderes mit --data-dir.",
  },
  node_id_taken: {
    meaning: "Ein anderer Rechner mit dieser Node-ID ist im Grid aktiv.",
    next: "Wähle eine andere mit NODE_ID oder warte, bis der andere fünf Minuten lang still ist.",
  },
  docker_missing: {
    meaning: "Es wurde keine Container-Engine gefunden.",
    next: "Installiere Docker (Debian: apt-get install docker.io) oder setze DOCKER_HOST.",
  },
  docker_unreachable: {
    meaning: "Die Container-Engine antwortet nicht.",
    next: "Starte sie oder berichtige DOCKER_HOST.",
  },
  docker_forbidden: {
    meaning: "Dieser Benutzer darf die Container-Engine nicht benutzen.",
    next: "Nimm ihn in die Gruppe docker auf und melde dich neu an.",
  },
  docker_unprotected: {
    meaning: "Die Container-Engine setzt die Grenzen nicht durch, die sie annimmt.",
    next: "Schalte die cgroup-Delegation für sie ein oder benutze eine andere Engine.",
  },
  image_missing: {
    meaning: "Das Image der Aufgabe ist nicht auf diesem Rechner.",
    next: "Erlaube das Holen oder hole das Image von Hand.",
  },
  image_not_allowed: {
    meaning: "Das Image der Aufgabe steht nicht auf der Liste erlaubter Images.",
    next: "Nimm es in die Liste auf, wenn du ihm vertraust.",
  },
  image_pull_failed: {
    meaning: "Das Image der Aufgabe ließ sich nicht holen.",
    next: "Prüfe das Netzwerk und den Namen des Images: Es wird von selbst noch einmal versucht.",
  },
  docker_failed: {
    meaning: "Die Container-Engine hat mit einem eigenen Fehler geantwortet.",
    next: "Sieh in ihr Protokoll: Es wird von selbst noch einmal versucht.",
  },
  deadman_failed: {
    meaning:
      "Der Totmannschalter, der Container beendet, falls D-GRID vor ihnen endet, startet nicht. Ohne ihn läuft nichts.",
    next: "Starte D-GRID neu; wurde es inzwischen verschoben oder gelöscht, dann von seinem neuen Ort.",
  },
  container_failed: {
    meaning: "Die Container-Engine konnte die Aufgabe nicht ausführen.",
    next: "Sieh dir die Meldung an; dgrid doctor prüft die Engine.",
  },
  request_invalid: {
    meaning: "Die Anfrage wurde nicht verstanden.",
    next: "Berichtige, was die Einzelheit nennt, und versuche es noch einmal.",
  },
  request_too_large: {
    meaning: "Die Anfrage ist größer, als der Worker annimmt.",
    next: "Schicke weniger auf einmal.",
  },
  method_unknown: {
    meaning: "Der Worker kennt diese Anfrage nicht.",
    next: "Lade die Seite neu: Der Worker hat vielleicht eine andere Version.",
  },
  request_cancelled: {
    meaning: "Die Anfrage wurde abgebrochen.",
    next: "Nichts zu tun – oder starte sie noch einmal.",
  },
  worker_disconnected: {
    meaning: "Der Worker antwortet nicht.",
    next: "Starte ihn wieder: Diese Seite verbindet sich von selbst.",
  },
  internal_error: {
    meaning: "Im Worker ist etwas schiefgegangen; das ist ein Programmfehler.",
    next: "Sieh in sein Protokoll und melde den Fehler.",
  },
  setting_overridden: {
    meaning: "Das gibt die Umgebung vor, darum lässt es sich hier nicht ändern.",
    next: "Entferne die Umgebungsvariable und starte den Worker neu.",
  },
  grid_unknown: {
    meaning: "Dieses Grid ist keins von deinen.",
    next: "Lade die Seite neu: Es wurde vielleicht entfernt.",
  },
  grid_exists: { meaning: "Dieses Grid ist schon eins von deinen.", next: "Schalte es in der Liste der Grids ein." },
  token_refused: {
    meaning: "Das kann kein Token sein.",
    next: "Kopiere das Token noch einmal: Es enthält keine Leerzeichen.",
  },
  run_unknown: { meaning: "Diesen Lauf gibt es nicht.", next: "Er wurde vielleicht aus dem Verlauf gelöscht." },
  run_not_running: {
    meaning: "Dieser Lauf läuft nicht mehr.",
    next: "Nichts zu tun: Sein Ergebnis steht im Verlauf.",
  },
  task_unknown: {
    meaning: "Diese Aufgabe ist nicht mehr in der Warteschlange.",
    next: "Ein anderer Rechner hat sie vielleicht angenommen.",
  },
  task_invalid: {
    meaning: "Ein Worker würde diese Aufgabe nicht annehmen.",
    next: "Berichtige, was die Einzelheit nennt.",
  },
  grid_contended: { meaning: "Andere Rechner waren jedes Mal schneller.", next: "Versuche es gleich noch einmal." },
  settings_damaged: {
    meaning: "Die Einstellungen waren beschädigt, es gelten die Vorgaben.",
    next: "Lege Grenzen und Grids neu fest oder importiere eine Datei, die du exportiert hast.",
  },
  identity_damaged: {
    meaning:
      "Die Datei mit der Identität dieses Rechners war beschädigt: Er ist ein neuer Knoten, und das Spenden ist aus.",
    next: "Schalte das Spenden wieder ein.",
  },
  secrets_damaged: {
    meaning: "Die Datei mit den aufbewahrten Token war beschädigt, eine neue wurde begonnen.",
    next: "Gib die Token deiner Grids noch einmal ein.",
  },
  history_damaged: {
    meaning: "Der Verlauf war beschädigt, ein neuer wurde begonnen.",
    next: "Nichts zu tun: Die Grids haben noch jedes Ergebnis.",
  },
  clone_damaged: {
    meaning: "Die lokale Kopie eines Grids war beschädigt und wird neu geholt.",
    next: "Nichts zu tun. Kommt es wieder, prüfe die Platte.",
  },
  sender_refused: {
    meaning: "Das darf nur das eigene Fenster der Anwendung verlangen.",
    next: "Nichts zu tun: Es wurde nichts geändert.",
  },
  desktop_only: { meaning: "Das kann nur die Desktop-Anwendung.", next: "Mache es dort." },
  update_failed: {
    meaning: "Die neue Version ließ sich nicht holen.",
    next: "Nichts zu tun: Es wird von selbst noch einmal versucht.",
  },
  update_waits: {
    meaning: "Es laufen Aufgaben, und eine Aktualisierung beendet sie nie.",
    next: "Lass sie erst fertig werden: beenden, dann pausieren.",
  },
  secrets_not_kept: {
    meaning:
      "Dieser Desktop hat keinen Schlüsselbund. Token bleiben darum, bis die Anwendung endet, und kommen nie auf die Platte.",
    next: "Installiere einen (Debian: apt-get install gnome-keyring) oder gib das Token nach jedem Start neu ein.",
  },
  dashboard_port_taken: {
    meaning: "Der Port der Oberfläche ist belegt.",
    next: "Beende, was ihn benutzt, wähle einen anderen mit --port oder keinen mit --no-dashboard.",
  },
  dashboard_token_needed: {
    meaning: "Eine Oberfläche, die andere Rechner erreichen, braucht ein Token von mindestens 16 Zeichen.",
    next: "Setze ein solches Token oder lasse die Oberfläche auf diesem Rechner.",
  },
  push_unanswered: {
    meaning: "Der Server hat nicht gesagt, ob er den Commit angenommen hat.",
    next: "Sieh gleich in die Aufgaben, bevor du es noch einmal versuchst.",
  },
};
