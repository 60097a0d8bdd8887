import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";
import { useHost } from "../../ui/use-host.ts";
import { Appearance } from "./appearance.tsx";
import { DesktopSettings } from "./desktop-settings.tsx";
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
  const inWindow = useHost() === "electron";
  const rest = (
    <>
      <SettingsFile />
      <Environment />
    </>
  );
  // The desktop application has two cards more: the columns stay about even.
  return (
    <Page title={t("title")}>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Health />
          <MachineFacts />
          {inWindow ? rest : null}
        </div>
        <div className={classes.column}>
          {inWindow ? <DesktopSettings /> : null}
          <Appearance />
          <Retention />
          {inWindow ? null : rest}
        </div>
      </div>
      <ProgramLog />
    </Page>
  );
}
