import { Button, Group, SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Window } from "../../../shared/settings/policy.ts";
import { usePicture } from "../../state/use-picture.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { areHourly, cellOf, cellsOf, HOURS, windowsOf, type Cells } from "./week-cells.ts";
import { WeekGrid } from "./week-grid.tsx";
import { WEEK, windowWords } from "./week-words.ts";
import classes from "./schedule.module.css";

interface ScheduleProps {
  /** Empty: always. */
  readonly windows: readonly Window[];
  readonly onChange: (windows: Window[]) => void;
}

const NOTHING: Cells = new Set();
const every = (keep: (day: number, hour: number) => boolean): Cells =>
  new Set(
    WEEK.flatMap((day) =>
      Array.from({ length: HOURS }, (_, hour) => hour)
        .filter((hour) => keep(day, hour))
        .map((hour) => cellOf(day, hour)),
    ),
  );
const PATTERNS = {
  nights: every((_day, hour) => hour >= 22 || hour < 7),
  weekends: every((day) => day === 0 || day === 6),
  outsideWork: every((day, hour) => day === 0 || day === 6 || hour < 8 || hour >= 18),
  none: NOTHING,
};

/** The hours of the week in which tasks may run. */
export function Schedule({ windows, onChange }: ScheduleProps) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const zone = usePicture((picture) => picture.machine.timeZone);
  // No window means always, so an empty week is kept here and not in the settings.
  const [unpainted, setUnpainted] = useState(false);
  const [before, setBefore] = useState<Cells>(NOTHING);
  const cells = useMemo(() => (unpainted ? NOTHING : cellsOf(windows)), [windows, unpainted]);
  const byHours = unpainted || windows.length > 0;

  const paint = (next: Cells): void => {
    setUnpainted(next.size === 0);
    if (next.size > 0) onChange(windowsOf(next));
  };
  const choose = (kind: string): void => {
    if (kind === "hours") return paint(before);
    setBefore(cells);
    setUnpainted(false);
    onChange([]);
  };

  return (
    <div className={classes.schedule}>
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          aria-label={t("schedule")}
          value={byHours ? "hours" : "always"}
          data={[
            { value: "always", label: t("always") },
            { value: "hours", label: t("hours") },
          ]}
          onChange={choose}
        />
        {byHours ? (
          <Group gap="xs" role="group" aria-label={t("pattern")}>
            {(["nights", "weekends", "outsideWork", "none"] as const).map((pattern) => (
              <Button key={pattern} variant="default" size="compact-sm" onClick={() => paint(PATTERNS[pattern])}>
                {t(`patterns.${pattern}`)}
              </Button>
            ))}
          </Group>
        ) : null}
      </Group>
      {byHours ? (
        <>
          <WeekGrid cells={cells} onPaint={paint} />
          <div className={classes.words}>
            {cells.size === 0 ? (
              <p className={classes.warning} role="status">
                {t("nothingPainted")}
              </p>
            ) : (
              <p className={classes.sum} role="status">
                <strong>{t("hoursWeek", { count: cells.size })}</strong>
                {windows.map((window) => (
                  <span key={`${window.days.join()} ${window.startMinute}`}>{windowWords(window, locale)}</span>
                ))}
              </p>
            )}
            {areHourly(windows) ? null : <p>{t("notHourly")}</p>}
            <p>
              {t("paint")} {t("zone", { zone })}
            </p>
          </div>
        </>
      ) : (
        <p className={classes.quiet}>{t("zone", { zone })}</p>
      )}
    </div>
  );
}
