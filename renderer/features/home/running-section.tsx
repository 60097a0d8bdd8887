import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { decimal } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { RunCard } from "./run-card.tsx";
import classes from "./running-section.module.css";

/** More cards than these are a list: that is the Running screen. */
const CARDS_MAX = 6;

export function RunningSection() {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  const locale = useLocale();
  const runs = usePicture((picture) => picture.runs);
  const off = usePicture((picture) => picture.status.state === "off");
  const shown = [...runs.values()].slice(0, CARDS_MAX);
  return (
    <Section
      title={t("running.title")}
      note={runs.size === 0 ? undefined : decimal(runs.size, locale, 0)}
      actions={
        runs.size > shown.length ? (
          <Button component={Link} href={PLACES.running} size="xs" variant="subtle">
            {common("showAll")}
          </Button>
        ) : undefined
      }
    >
      {shown.length === 0 ? (
        <EmptyState
          order={3}
          icon={<IconPlayerPlay />}
          title={t("running.none")}
          text={t(off ? "running.noneOff" : "running.noneText")}
        />
      ) : (
        <ul className={classes.cards}>
          {shown.map((run) => (
            <RunCard key={run.claimId} run={run} />
          ))}
        </ul>
      )}
    </Section>
  );
}
