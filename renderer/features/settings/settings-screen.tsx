import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";
import { Appearance } from "./appearance.tsx";
import { Environment } from "./environment.tsx";
import { Health } from "./health.tsx";
import { MachineFacts } from "./machine-facts.tsx";
import { ProgramLog } from "./program-log.tsx";
import { Retention } from "./retention.tsx";
import { SettingsFile } from "./settings-file.tsx";
import classes from "./settings-screen.module.css";

/** How the worker is, and what the donor has chosen beside limits and grids. */
export function SettingsScreen() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("title")}>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Health />
          <MachineFacts />
        </div>
        <div className={classes.column}>
          <Appearance />
          <Retention />
          <SettingsFile />
          <Environment />
        </div>
      </div>
      <ProgramLog />
    </Page>
  );
}
