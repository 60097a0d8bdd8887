import type { ReactNode } from "react";
import classes from "./ring.module.css";

export interface RingProps {
  /** 0..1. */
  readonly share: number;
  readonly size: number;
  readonly label: string;
  /** In words: "48 s of 2 min". */
  readonly value: string;
  readonly frozen?: boolean;
  readonly children?: ReactNode;
}

const RADIUS = 42;
const AROUND = 2 * Math.PI * RADIUS;

/** Time gone of the time there is, as a ring. */
export function Ring({ share, size, label, value, frozen = false, children }: RingProps) {
  const gone = Math.min(1, Math.max(0, share));
  return (
    <div
      className={classes.ring}
      style={{ width: size, height: size }}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(gone * 100)}
      aria-valuetext={value}
    >
      <svg viewBox="0 0 100 100" width={size} height={size} aria-hidden>
        <circle className={classes.track} cx="50" cy="50" r={RADIUS} />
        {gone === 0 ? null : (
          <circle
            className={frozen ? classes.frozen : gone > 0.85 ? classes.late : classes.gone}
            cx="50"
            cy="50"
            r={RADIUS}
            strokeDasharray={`${AROUND * gone} ${AROUND}`}
          />
        )}
      </svg>
      <div className={classes.middle}>{children}</div>
    </div>
  );
}
