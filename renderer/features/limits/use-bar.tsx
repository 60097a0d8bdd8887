import classes from "./use-bar.module.css";

export interface UseShares {
  /** Of the whole scale, 0..1. */
  readonly ours: number;
  readonly others: number;
  /** The same for those who do not see the bar. */
  readonly words: string;
}

interface UseBarProps {
  readonly use: UseShares | undefined;
  readonly defaultShare: number;
}

const asPercent = (share: number): string => `${Math.min(1, Math.max(0, share)) * 100}%`;

/** What is in use, on the scale above it: our tasks first, the rest of the machine after them. */
export function UseBar({ use, defaultShare }: UseBarProps) {
  return (
    <div className={classes.bar} aria-hidden>
      {use === undefined ? null : (
        <>
          <span className={classes.ours} style={{ width: asPercent(use.ours) }} />
          <span className={classes.others} style={{ width: asPercent(use.others) }} />
        </>
      )}
      <span className={classes.default} style={{ insetInlineStart: asPercent(defaultShare) }} />
    </div>
  );
}
