import "react";

declare module "react" {
  /** Custom properties may be set where any property may. */
  interface CSSProperties {
    readonly [variable: `--${string}`]: string | number;
  }
}
