import { Button, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LogLine } from "../../../shared/contract/views.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { decimal } from "../../ui/format.ts";
import { Loading } from "../../ui/loading.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { LogLines } from "./log-lines.tsx";
import { SectionCard } from "./section-card.tsx";
import { LINES_KEPT, useProgramLog } from "./use-program-log.ts";
import classes from "./settings-screen.module.css";

const LEVELS = ["debug", "info", "warn", "error"] as const satisfies readonly LogLine["level"][];

/** What the worker itself reports, while it is open. */
export function ProgramLog() {
  const { t } = useTranslation("settings");
  const locale = useLocale();
  const [open, { toggle }] = useDisclosure(false);
  const [level, setLevel] = useState<LogLine["level"]>("info");
  const { lines, fault } = useProgramLog(open);
  const shown = lines?.filter((line) => LEVELS.indexOf(line.level) >= LEVELS.indexOf(level)) ?? [];
  return (
    <SectionCard
      title={t("log")}
      text={t("logMeans", { number: decimal(LINES_KEPT, locale, 0) })}
      side={
        <div style={{ display: "flex", flexWrap: "wrap", gap: "0.5rem", alignItems: "center" }}>
          {open ? (
            <>
              <Select
                size="xs"
                w={130}
                aria-label={t("logLevel")}
                data={LEVELS.map((one) => ({ value: one, label: t(`levels.${one}`) }))}
                value={level}
                allowDeselect={false}
                onChange={(next) => setLevel(next ?? "info")}
              />
              <CopyButton text={() => shown.map(asText).join("\n")} label={t("log")} />
            </>
          ) : null}
          <Button variant="default" size="xs" aria-expanded={open} onClick={toggle}>
            {t(open ? "logClose" : "logOpen")}
          </Button>
        </div>
      }
    >
      {open ? (
        <>
          {fault === undefined ? null : <FaultAlert fault={fault} />}
          {lines === undefined ? (
            fault === undefined ? (
              <Loading label={t("logLoading")} />
            ) : null
          ) : shown.length === 0 ? (
            <p className={classes.quiet}>{t("logEmpty")}</p>
          ) : (
            <LogLines lines={shown} />
          )}
        </>
      ) : null}
    </SectionCard>
  );
}

function asText({ atMs, level, message, fields }: LogLine): string {
  return `${new Date(atMs).toISOString()} ${level} ${message} ${fields}`.trimEnd();
}
