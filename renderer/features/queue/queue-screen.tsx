/** What waits in each grid, and why this machine would or would not take it. */
import { Button } from "@mantine/core";
import { IconTopologyStar3 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams } from "wouter";
import type { GridView } from "../../../shared/contract/views.ts";
import { fromSegment, PLACES, taskPath } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { GridTabs } from "./grid-tabs.tsx";
import { GridQueue } from "./grid-queue.tsx";
import { TaskDrawer } from "./task-drawer.tsx";

export function QueueScreen() {
  const { t } = useTranslation("queue");
  const params = useParams<{ gridId?: string; file?: string }>();
  const grids = usePicture((picture) => picture.grids);
  const [, navigate] = useLocation();
  const shown = params.gridId === undefined ? firstOf(grids) : (grids.get(params.gridId) ?? firstOf(grids));
  const file = params.file === undefined ? undefined : fromSegment(params.file);
  return (
    <Page title={t("title")} lead={t("lead")} fill>
      {shown === undefined ? (
        <EmptyState
          icon={<IconTopologyStar3 />}
          title={t("noGrid.title")}
          text={t("noGrid.text")}
          action={
            <Button component={Link} href={PLACES.grids}>
              {t("noGrid.action")}
            </Button>
          }
        />
      ) : (
        <>
          <GridTabs grids={grids} shown={shown.id} />
          <GridQueue key={shown.id} grid={shown} onOpen={(row) => navigate(taskPath(shown.id, row.file))} />
          <TaskDrawer gridId={shown.id} file={file} onClose={() => navigate(`${PLACES.queue}/${shown.id}`)} />
        </>
      )}
    </Page>
  );
}

/** The grid to look at first: one that is given to and has something waiting. */
function firstOf(grids: ReadonlyMap<string, GridView>): GridView | undefined {
  const all = [...grids.values()];
  return all.find((grid) => grid.enabled && grid.queued > 0) ?? all.find((grid) => grid.enabled) ?? all[0];
}
