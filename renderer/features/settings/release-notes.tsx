import { useTranslation } from "react-i18next";
import type { UpdateView } from "../../../shared/contract/views.ts";
import { Foreign } from "../../ui/foreign.tsx";
import classes from "./updates.module.css";

interface ReleaseNotesProps extends Pick<UpdateView, "notes"> {
  readonly version: string;
}

/** As much of a release's words as is shown; nobody reads more in a box. */
const NOTES_MOST_CHARACTERS = 20_000;
const VERSION_MOST_CHARACTERS = 100;

/** The new version and what its makers say is new: text from the network, and nothing but text. */
export function ReleaseNotes({ version, notes }: ReleaseNotesProps) {
  const { t } = useTranslation("desktop");
  return (
    <div>
      <p className={classes.version}>
        {t("updates.newVersion")}: <Foreign text={version.slice(0, VERSION_MOST_CHARACTERS)} />
      </p>
      {notes === null || notes.trim() === "" ? (
        <p className={classes.quiet}>{t("updates.notesNone")}</p>
      ) : (
        <div className={classes.notes} role="group" aria-label={t("updates.notes")} tabIndex={0}>
          <Foreign text={notes.replaceAll("\r\n", "\n").slice(0, NOTES_MOST_CHARACTERS)} multiline />
        </div>
      )}
    </div>
  );
}
