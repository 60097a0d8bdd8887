import { useTranslation } from "react-i18next";
import classes from "./use-legend.module.css";

/** What the colours under the sliders stand for. */
export function UseLegend() {
  const { t } = useTranslation("limits");
  return (
    <ul className={classes.legend}>
      {(["ours", "others", "default"] as const).map((kind) => (
        <li key={kind} className={classes.entry} data-kind={kind}>
          {t(`legend.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
