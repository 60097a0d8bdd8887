import classes from "./big-switch.module.css";

export interface BigSwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly busy: boolean;
  readonly onPress: () => void;
}

/** The one switch that matters, large enough to be found first. */
export function BigSwitch({ label, on, busy, onPress }: BigSwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      aria-busy={busy}
      className={classes.switch}
      onClick={busy ? undefined : onPress}
    >
      <span className={classes.thumb}>
        <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden>
          {on ? <path d="M3 8.5l3.4 3.4L13 4.8" /> : <path d="M8 2.5v5M4.6 4.4a5 5 0 1 0 6.8 0" />}
        </svg>
      </span>
    </button>
  );
}
