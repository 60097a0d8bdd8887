import { Anchor } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { GridView } from "../../../shared/contract/views.ts";
import { PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { decimal } from "../../ui/format.ts";
import { Stat, StatList } from "../../ui/stat.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { verdictKind } from "../queue/verdict.ts";
import classes from "./grid-counts.module.css";

/** How many tasks wait, run and are done; and how many files are no tasks. */
export function GridCounts({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  const locale = useLocale();
  const problems = usePicture((picture) => {
    let count = 0;
    for (const row of picture.queues.get(grid.id)?.values() ?? []) if (verdictKind(row.verdict) === "problem") count++;
    return count;
  });
  return (
    <div className={classes.counts}>
      <StatList>
        {(["queued", "eligible", "inProgress", "completed", "failed"] as const).map((name) => (
          <Stat key={name} label={t(`counts.${name}`)} value={decimal(grid[name], locale, 0)} />
        ))}
      </StatList>
      {problems === 0 ? null : (
        <Anchor component={Link} href={`${PLACES.queue}/${grid.id}`} size="sm" className={classes.problems ?? ""}>
          <IconAlertTriangle size={16} aria-hidden />
          {t("problems", { count: problems, number: decimal(problems, locale, 0) })}
        </Anchor>
      )}
    </div>
  );
}
