import { useEffect, useState } from "react";
import { cellOf, type Cells } from "./week-cells.ts";
import { WEEK } from "./week-words.ts";

export interface Place {
  /** From Monday on. */
  readonly row: number;
  readonly hour: number;
}

interface Stroke {
  readonly from: Place;
  readonly to: Place;
  /** Whether it paints or wipes: the opposite of where it began. */
  readonly on: boolean;
}

/** Dragging draws a rectangle from where it began; it counts when the button is let go. */
export function useWeekPainting(cells: Cells, onPaint: (cells: Cells) => void) {
  const [stroke, setStroke] = useState<Stroke>();
  const shown = stroke === undefined ? cells : painted(cells, stroke);

  useEffect(() => {
    if (stroke === undefined) return undefined;
    const end = (): void => {
      setStroke(undefined);
      onPaint(painted(cells, stroke));
    };
    const drop = (): void => setStroke(undefined);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", drop);
    return () => {
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", drop);
    };
  }, [stroke, cells, onPaint]);

  return {
    shown,
    begin: (place: Place) =>
      setStroke({ from: place, to: place, on: !cells.has(cellOf(WEEK[place.row] ?? 0, place.hour)) }),
    reach: (place: Place) => {
      if (stroke === undefined || (stroke.to.row === place.row && stroke.to.hour === place.hour)) return;
      setStroke({ ...stroke, to: place });
    },
  };
}

function painted(cells: Cells, { from, to, on }: Stroke): Cells {
  const next = new Set(cells);
  const rows = [Math.min(from.row, to.row), Math.max(from.row, to.row)] as const;
  const hours = [Math.min(from.hour, to.hour), Math.max(from.hour, to.hour)] as const;
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let hour = hours[0]; hour <= hours[1]; hour++) {
      const cell = cellOf(WEEK[row] ?? 0, hour);
      if (on) next.add(cell);
      else next.delete(cell);
    }
  }
  return next;
}
