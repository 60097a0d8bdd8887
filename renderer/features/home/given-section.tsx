import { useTranslation } from "react-i18next";
import type { Totals } from "../../../shared/contract/views.ts";
import { usePicture } from "../../state/use-picture.ts";
import { decimal, duration, percent } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./given-section.module.css";

/** Has it been worth it? Today beside all time. */
export function GivenSection() {
  const { t } = useTranslation("home");
  const { today, allTime } = usePicture((picture) => picture.stats);
  const tasks = useTotals(today, allTime);
  return (
    <Section title={t("given.title")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("given.today")}</th>
            <th scope="col">{t("given.allTime")}</th>
          </tr>
        </thead>
        <tbody>
          {(["tasks", "time", "success"] as const).map((row) => (
            <tr key={row}>
              <th scope="row">{t(`given.${row}`)}</th>
              <td>{tasks[0][row]}</td>
              <td>{tasks[1][row]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

interface Words {
  readonly tasks: string;
  readonly time: string;
  readonly success: string;
}

function useTotals(today: Totals, allTime: Totals): readonly [Words, Words] {
  const locale = useLocale();
  const words = ({ tasks, succeeded, computeMs }: Totals): Words => ({
    tasks: decimal(tasks, locale, 0),
    time: computeMs === 0 ? "0 h" : duration(computeMs, locale),
    success: tasks === 0 ? "–" : percent(succeeded / tasks, locale),
  });
  return [words(today), words(allTime)];
}
