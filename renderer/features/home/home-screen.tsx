/** One look answers: am I donating, what runs, is my machine all right, has it been worth it? */
import { Button } from "@mantine/core";
import { IconTopologyStar3 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { RecoveredNotices } from "../recovered/recovered-notices.tsx";
import { Activity } from "./activity.tsx";
import { DonateHero } from "./donate-hero.tsx";
import { FaultList } from "./fault-list.tsx";
import { GivenSection } from "./given-section.tsx";
import { GridsSection } from "./grids-section.tsx";
import { MachineSection } from "./machine-section.tsx";
import { RunningSection } from "./running-section.tsx";
import classes from "./home-screen.module.css";

export function HomeScreen() {
  const { t } = useTranslation("home");
  const withoutGrid = usePicture((picture) => picture.grids.size === 0);
  return (
    <Page title={t("title")} hiddenTitle>
      <RecoveredNotices />
      <DonateHero />
      <FaultList />
      {withoutGrid ? <NoGrid /> : null}
      <div className={classes.columns}>
        <div className={classes.column}>
          {withoutGrid ? null : <RunningSection />}
          <Activity />
        </div>
        <div className={classes.column}>
          <GivenSection />
          {withoutGrid ? null : <GridsSection />}
          <MachineSection />
        </div>
      </div>
    </Page>
  );
}

function NoGrid() {
  const { t } = useTranslation("home");
  return (
    <div className={classes.noGrid}>
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
    </div>
  );
}
