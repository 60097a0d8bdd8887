/** What runs now: each run with its live output, its curves, its times and what it is allowed. */
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { fromSegment, PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { RunDetail } from "./run-detail.tsx";
import { RunList } from "./run-list.tsx";
import { RunOver } from "./run-over.tsx";
import classes from "./running-screen.module.css";

export function RunningScreen() {
  const { t } = useTranslation("running");
  const params = useParams<{ claimId?: string }>();
  const runs = usePicture((picture) => picture.runs);
  const wanted = params.claimId === undefined ? undefined : fromSegment(params.claimId);
  const [first] = runs.keys();
  const shown = wanted ?? first;
  return (
    <Page title={t("title")}>
      {runs.size === 0 && wanted === undefined ? (
        <NothingRuns />
      ) : (
        <div className={classes.columns}>
          {runs.size === 0 ? null : <RunList runs={runs} shown={shown} />}
          <div className={classes.detail}>{shown === undefined ? null : <Shown key={shown} claimId={shown} />}</div>
        </div>
      )}
    </Page>
  );
}

function Shown({ claimId }: { readonly claimId: string }) {
  const run = usePicture((picture) => picture.runs.get(claimId));
  return run === undefined ? <RunOver claimId={claimId} /> : <RunDetail run={run} />;
}

function NothingRuns() {
  const { t } = useTranslation("running");
  const off = usePicture((picture) => picture.status.state === "off");
  return (
    <EmptyState
      icon={<IconPlayerPlay />}
      title={t("none.title")}
      text={t(off ? "none.off" : "none.text")}
      action={
        <>
          <Button component={Link} href={PLACES.queue} variant="default">
            {t("none.queue")}
          </Button>
          <Button component={Link} href={PLACES.history} variant="default">
            {t("none.history")}
          </Button>
        </>
      }
    />
  );
}
