import { Button } from "@mantine/core";
import { IconPlus, IconTopologyStar3 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { AddGrid } from "./add-grid.tsx";
import { AllowedImages } from "./allowed-images.tsx";
import { DemoGridButton } from "./demo-grid-button.tsx";
import { GridCard } from "./grid-card.tsx";
import classes from "./grids-screen.module.css";

/** The grids this machine gives to. */
export function GridsScreen() {
  const { t } = useTranslation("grids");
  const grids = usePicture((picture) => picture.grids);
  const [adding, setAdding] = useState(false);
  const addButton = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        grids.size === 0 ? undefined : (
          <>
            <DemoGridButton />
            {addButton}
          </>
        )
      }
    >
      {adding ? <AddGrid onClose={() => setAdding(false)} /> : null}
      {grids.size === 0 && !adding ? (
        <div className={classes.empty}>
          <EmptyState
            icon={<IconTopologyStar3 size={28} />}
            title={t("emptyTitle")}
            text={t("emptyText")}
            action={
              <>
                {addButton}
                <DemoGridButton />
              </>
            }
          />
        </div>
      ) : null}
      <div className={classes.cards}>
        {[...grids.values()].map((grid) => (
          <GridCard key={grid.id} grid={grid} />
        ))}
      </div>
      <AllowedImages />
    </Page>
  );
}
