import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RunView } from "../../../shared/contract/views.ts";
import { runPath } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { percent } from "../../ui/format.ts";
import { Ring } from "../../ui/ring.tsx";
import { useElapsed } from "../../ui/use-elapsed.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./run-list.module.css";

export interface RunListProps {
  readonly runs: ReadonlyMap<string, RunView>;
  readonly shown: string | undefined;
}

export function RunList({ runs, shown }: RunListProps) {
  const { t } = useTranslation("running");
  return (
    <nav aria-label={t("list")}>
      <ul className={classes.list}>
        {[...runs.values()].map((run) => (
          <li key={run.claimId} className={classes.item}>
            <Item run={run} current={run.claimId === shown} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Item({ run, current }: { readonly run: RunView; readonly current: boolean }) {
  const { t } = useTranslation("running");
  const locale = useLocale();
  const grid = usePicture((picture) => picture.grids.get(run.gridId)?.name ?? "");
  const gone = useElapsed(run) / run.timeoutMs;
  const share = percent(Math.min(1, gone), locale);
  return (
    <Link href={runPath(run.claimId)} className={classes.link} aria-current={current ? "page" : undefined}>
      <Ring share={gone} size={36} label={t("list")} value={share} frozen={run.frozen} />
      <span className={classes.words}>
        <span className={classes.task}>
          <Foreign text={run.taskId} lines={1} />
        </span>
        <span className={classes.line}>
          {t(`state.${run.frozen ? "frozen" : run.state}`)} · {share}
        </span>
        <span className={classes.line}>
          <Foreign text={grid} lines={1} />
        </span>
      </span>
    </Link>
  );
}
