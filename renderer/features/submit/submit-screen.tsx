import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { NewTask } from "./new-task.tsx";

/** A new task for a grid. */
export function SubmitScreen() {
  const { t } = useTranslation("submit");
  const grids = usePicture((picture) => picture.grids);
  const open = [...grids.values()].filter((grid) => !grid.leaving);
  return (
    <Page title={t("title")} lead={t("lead")}>
      {open.length === 0 ? (
        <EmptyState
          icon={<IconSend size={28} />}
          title={t("emptyTitle")}
          text={t("emptyText")}
          action={
            <Button component={Link} href={PLACES.grids}>
              {t("toGrids")}
            </Button>
          }
        />
      ) : (
        <NewTask grids={open} />
      )}
    </Page>
  );
}
