import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../ui/use-locale.ts";
import { useWeekPainting, type Place } from "./use-week-painting.ts";
import { cellOf, HOURS, type Cells } from "./week-cells.ts";
import { clock, dayName, WEEK } from "./week-words.ts";
import classes from "./week-grid.module.css";

interface WeekGridProps {
  readonly cells: Cells;
  readonly onPaint: (cells: Cells) => void;
}

const EACH_HOUR = Array.from({ length: HOURS }, (_, hour) => hour);

/** The week as a grid to paint on: by dragging, or with the keys. Rows are days from Monday on. */
export function WeekGrid({ cells, onPaint }: WeekGridProps) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const grid = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState({ row: 0, hour: 9 });
  const { shown, begin, reach } = useWeekPainting(cells, onPaint);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.role !== "gridcell") return;
    const cell = cellAt(here);
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      return onPaint(withCell(cells, cell, !cells.has(cell)));
    }
    const to = moved(here, event.key);
    if (to === undefined) return;
    event.preventDefault();
    setHere(to);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${cellAt(to)}"]`)?.focus();
    // With Shift what is here is drawn along.
    if (event.shiftKey) onPaint(withCell(cells, cellAt(to), cells.has(cell)));
  };
  const toggleDay = (day: number): void => {
    const all = EACH_HOUR.every((hour) => cells.has(cellOf(day, hour)));
    onPaint(EACH_HOUR.reduce<Cells>((some, hour) => withCell(some, cellOf(day, hour), !all), cells));
  };
  const onPointerOver = (event: PointerEvent): void => {
    const place = placeOf(event.target);
    if (place !== undefined) reach(place);
  };

  return (
    <div className={classes.scroller}>
      <div
        ref={grid}
        role="grid"
        aria-label={t("weekGrid")}
        aria-multiselectable
        className={classes.grid}
        onKeyDown={onKeyDown}
        onPointerOver={onPointerOver}
      >
        <div role="row" className={classes.row}>
          <span role="columnheader" className={classes.hour}>
            <span className={classes.unseen}>{t("day")}</span>
          </span>
          {EACH_HOUR.map((hour) => (
            <span key={hour} role="columnheader" className={classes.hour}>
              {hour % 3 === 0 ? clock(hour * 60) : <span className={classes.unseen}>{clock(hour * 60)}</span>}
            </span>
          ))}
        </div>
        {WEEK.map((day, row) => (
          <div key={day} role="row" className={classes.row}>
            <span role="rowheader" className={classes.day}>
              <button
                type="button"
                className={classes.dayButton}
                title={t("wholeDay", { day: dayName(day, locale, "long") })}
                onClick={() => toggleDay(day)}
              >
                {dayName(day, locale, "short")}
              </button>
            </span>
            {EACH_HOUR.map((hour) => {
              const cell = cellOf(day, hour);
              const on = shown.has(cell);
              return (
                <div
                  key={hour}
                  role="gridcell"
                  className={classes.cell}
                  aria-selected={on}
                  aria-label={`${t("cell", {
                    day: dayName(day, locale, "long"),
                    from: clock(hour * 60),
                    to: clock((hour + 1) * 60),
                  })}: ${t(on ? "on" : "off")}`}
                  title={`${dayName(day, locale, "short")} ${clock(hour * 60)}–${clock((hour + 1) * 60)}`}
                  tabIndex={here.row === row && here.hour === hour ? 0 : -1}
                  data-cell={cell}
                  data-row={row}
                  data-hour={hour}
                  onFocus={() => setHere({ row, hour })}
                  onPointerDown={(event) => {
                    if (event.button !== 0) return;
                    // A finger keeps the cell it began on unless it is let go.
                    event.currentTarget.releasePointerCapture(event.pointerId);
                    begin({ row, hour });
                  }}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function cellAt({ row, hour }: Place): number {
  return cellOf(WEEK[row] ?? 0, hour);
}

function placeOf(target: EventTarget): Place | undefined {
  if (!(target instanceof HTMLElement) || target.dataset["cell"] === undefined) return undefined;
  return { row: Number(target.dataset["row"]), hour: Number(target.dataset["hour"]) };
}

function withCell(cells: Cells, cell: number, on: boolean): Cells {
  const next = new Set(cells);
  if (on) next.add(cell);
  else next.delete(cell);
  return next;
}

function moved({ row, hour }: Place, key: string): Place | undefined {
  switch (key) {
    case "ArrowUp":
      return { row: Math.max(0, row - 1), hour };
    case "ArrowDown":
      return { row: Math.min(WEEK.length - 1, row + 1), hour };
    case "ArrowLeft":
      return { row, hour: Math.max(0, hour - 1) };
    case "ArrowRight":
      return { row, hour: Math.min(HOURS - 1, hour + 1) };
    case "Home":
      return { row, hour: 0 };
    case "End":
      return { row, hour: HOURS - 1 };
    default:
      return undefined;
  }
}
