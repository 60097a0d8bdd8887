import { IconPlugConnectedX } from "@tabler/icons-react";
import { useMirror } from "../state/mirror.ts";
import { useConnectionWords } from "./use-connection-words.ts";
import classes from "./connection-banner.module.css";

/** Says, above every screen, that what is shown is old. The region is always there, so that it is announced. */
export function ConnectionBanner() {
  const { title, text } = useConnectionWords();
  const open = useMirror((mirror) => mirror.connection === "open");
  return (
    <div role="status" className={classes.region}>
      {open ? null : (
        <div className={classes.banner}>
          <IconPlugConnectedX size={20} aria-hidden />
          <p className={classes.text}>
            <strong>{title}.</strong> {text}
          </p>
        </div>
      )}
    </div>
  );
}
