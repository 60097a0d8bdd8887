import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { GridView } from "../../../shared/contract/views.ts";
import { PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { decimal } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { When } from "../../ui/when.tsx";
import classes from "./grids-section.module.css";

export function GridsSection() {
  const { t } = useTranslation("home");
  const grids = usePicture((picture) => picture.grids);
  return (
    <Section title={t("grids.title")}>
      <ul className={classes.list}>
        {[...grids.values()].map((grid) => (
          <Grid key={grid.id} grid={grid} />
        ))}
      </ul>
    </Section>
  );
}

function Grid({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("home");
  const locale = useLocale();
  return (
    <li className={classes.grid}>
      <div className={classes.words}>
        <Anchor component={Link} href={`${PLACES.queue}/${grid.id}`} className={classes.name ?? ""}>
          <Foreign text={grid.name} lines={1} />
        </Anchor>
        <p className={classes.line}>
          {grid.enabled ? t("grids.peers", { count: grid.peersOnline }) : t("grids.off")}
          {" · "}
          {grid.syncedAtMs === null ? (
            t("grids.never")
          ) : (
            <>
              {t("grids.synced")} <When atMs={grid.syncedAtMs} />
            </>
          )}
        </p>
      </div>
      <p className={classes.count}>
        <strong>{decimal(grid.queued, locale, 0)}</strong> {t("grids.queued")}
        <br />
        <span className={classes.line}>
          {decimal(grid.eligible, locale, 0)} {t("grids.forYou")}
        </span>
      </p>
    </li>
  );
}
