import { Badge, Switch, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { GridView } from "../../../shared/contract/views.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { useAction } from "../../ui/use-action.ts";
import { When } from "../../ui/when.tsx";
import { GridCounts } from "./grid-counts.tsx";
import { GridFault } from "./grid-fault.tsx";
import { GridImages } from "./grid-images.tsx";
import { GridShare } from "./grid-share-slider.tsx";
import { PeerTable } from "./peer-table.tsx";
import { RemoveGrid } from "./remove-grid.tsx";
import classes from "./grid-card.module.css";

/** One grid: what it is, how it fares, what it gets, who else is there. */
export function GridCard({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  const id = useId();
  const update = useAction("grids.update");
  return (
    <article className={classes.card} aria-labelledby={id} data-off={!grid.enabled || grid.leaving}>
      <div className={classes.head}>
        <div className={classes.names}>
          <Title order={2} id={id}>
            <Foreign text={grid.name} lines={2} />
          </Title>
          <div className={classes.address}>
            <Foreign text={grid.url} lines={2} />
          </div>
        </div>
        <Switch
          aria-label={t("enabled")}
          checked={grid.enabled}
          disabled={grid.leaving || update.busy}
          onChange={(event) => void update.run({ id: grid.id, enabled: event.currentTarget.checked })}
        />
      </div>
      <div className={classes.marks}>
        <Badge variant="default" radius="sm">
          {t(`kind.${grid.kind}`)}
        </Badge>
        {grid.fromEnvironment ? (
          <Badge variant="default" radius="sm" title={t("fromEnvironmentMeans")}>
            {t("fromEnvironment")}
          </Badge>
        ) : null}
        {grid.hasToken ? (
          <Badge variant="default" radius="sm">
            {t("token")}
          </Badge>
        ) : null}
        {grid.requireSignatures ? (
          <Badge variant="default" radius="sm">
            {t("signatures")}
          </Badge>
        ) : null}
        <span className={classes.synced}>
          {grid.syncedAtMs === null ? (
            t("neverSynced")
          ) : (
            <>
              {t("synced")} <When atMs={grid.syncedAtMs} />
            </>
          )}
        </span>
      </div>
      {grid.leaving ? <p className={classes.leaving}>{t("leaving")}</p> : null}
      <GridFault grid={grid} />
      <GridCounts grid={grid} />
      <GridShare grid={grid} />
      <details className={classes.more}>
        <summary>{t("more")}</summary>
        <PeerTable grid={grid} />
        <GridImages grid={grid} />
      </details>
      <div className={classes.foot}>
        {grid.fromEnvironment ? (
          <span className={classes.fixed}>{t("fromEnvironmentMeans")}</span>
        ) : (
          <RemoveGrid grid={grid} />
        )}
      </div>
    </article>
  );
}
