import { Input, Radio, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Desktop } from "../../../shared/settings/settings.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { SectionCard } from "./section-card.tsx";
import { SectionStateNote } from "./section-state.tsx";
import type { Section } from "./use-section.ts";
import classes from "./desktop-application.module.css";

const QUITTING = ["ask", "finish", "give_back"] as const satisfies readonly Desktop["onQuit"][];
const NOTIFICATIONS = ["taskFailed", "gridUnreachable", "allDone"] as const satisfies (keyof Desktop["notify"])[];

interface SectionProps {
  readonly section: Section<"desktop">;
}

/** How the application behaves on this desktop: starting, closing, quitting, and what it tells. */
export function DesktopApplication({ section }: SectionProps) {
  const { t } = useTranslation("desktop");
  const { value, state, fault, change } = section;
  const tray = usePicture((picture) => picture.desktop?.tray ?? true);
  return (
    <SectionCard title={t("application.title")} side={<SectionStateNote state={state} />}>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <Switch
        label={t("application.openAtLogin")}
        description={t("application.openAtLoginMeans")}
        checked={value.openAtLogin}
        onChange={(event) => change({ ...value, openAtLogin: event.currentTarget.checked })}
      />
      <Switch
        label={t("application.startHidden")}
        description={t(tray ? "application.startHiddenTray" : "application.startHiddenNoTray")}
        disabled={!value.openAtLogin}
        checked={value.startHidden}
        className={classes.dependent ?? ""}
        onChange={(event) => change({ ...value, startHidden: event.currentTarget.checked })}
      />
      <div>
        <Input.Label component="span">{t("application.closing")}</Input.Label>
        <p className={classes.quiet}>{t(tray ? "application.closingTray" : "application.closingNoTray")}</p>
      </div>
      <Radio.Group
        label={t("application.onQuit")}
        value={value.onQuit}
        onChange={(next) => {
          const onQuit = QUITTING.find((one) => one === next);
          if (onQuit !== undefined) change({ ...value, onQuit });
        }}
      >
        <Stack gap="xs" mt={6}>
          {QUITTING.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`application.onQuitChoice.${one}`)}
              description={t(`application.onQuitMeans.${one}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Switch.Group
        label={t("application.notify")}
        description={t("application.notifyMeans")}
        value={NOTIFICATIONS.filter((one) => value.notify[one])}
        onChange={(on) => change({ ...value, notify: notifications(on) })}
      >
        <Stack gap="xs" mt={8}>
          {NOTIFICATIONS.map((one) => (
            <Switch key={one} value={one} label={t(`application.notifyOf.${one}`)} />
          ))}
        </Stack>
      </Switch.Group>
    </SectionCard>
  );
}

function notifications(on: readonly string[]): Desktop["notify"] {
  return {
    taskFailed: on.includes("taskFailed"),
    gridUnreachable: on.includes("gridUnreachable"),
    allDone: on.includes("allDone"),
  };
}
