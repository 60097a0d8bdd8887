import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../state/mirror.ts";
import classes from "./connection-banner.module.css";

/** Says, above every screen, that what is shown is old. The region is always there, so that it is announced. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useMirror((mirror) => mirror.connection);
  const words = connection === "signed_out" ? "signedOut" : "lost";
  return (
    <div role="status" className={classes.region}>
      {connection === "open" ? null : (
        <div className={classes.banner}>
          <IconPlugConnectedX size={20} aria-hidden />
          <p className={classes.text}>
            <strong>{t(`${words}.title`)}.</strong> {t(`${words}.text`)}
          </p>
        </div>
      )}
    </div>
  );
}
