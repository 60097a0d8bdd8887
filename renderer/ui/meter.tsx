import type { ReactNode } from "react";
import classes from "./meter.module.css";

export interface MeterProps {
  readonly label: string;
  /** 0..1; more is shown as full. */
  readonly share: number;
  /** In words and units: "1.2 of 1.5 cores". */
  readonly value: string;
  /** A part of the share that is ours, 0..1 of the whole. */
  readonly own?: number;
  readonly icon?: ReactNode;
}

/** How much of something is in use, as a bar and in words. */
export function Meter({ label, share, value, own, icon }: MeterProps) {
  const clamp = (part: number): number => Math.min(100, Math.max(0, part * 100));
  return (
    <div className={classes.meter}>
      <div className={classes.words}>
        <span className={classes.label}>
          {icon}
          {label}
        </span>
        <span className={classes.value}>{value}</span>
      </div>
      <div
        className={classes.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(clamp(share))}
        aria-valuetext={value}
      >
        <span className={own === undefined ? classes.bar : classes.rest} style={{ width: `${clamp(share)}%` }} />
        {own === undefined ? null : <span className={classes.bar} style={{ width: `${clamp(own)}%` }} />}
      </div>
    </div>
  );
}
