/** The frame around every screen: where one is, what the machine does, and the switch. */
import { AppShell } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useMirror } from "../state/mirror.ts";
import { showTitle } from "../ui/document-title.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { Connecting } from "./connecting.tsx";
import { Header } from "./header.tsx";
import { Navigation } from "./navigation.tsx";
import { FirstRun, Screens } from "./screens.tsx";
import classes from "./shell.module.css";

const CONTENT_ID = "content";

export function Shell() {
  const { t } = useTranslation();
  const { t: words } = useTranslation("status");
  const status = useMirror((mirror) => mirror.picture?.status);
  const setUp = useMirror((mirror) => mirror.picture?.settings.settings.setUp);
  const [navigationOpen, navigation] = useDisclosure(false);
  const [place] = useLocation();
  const close = navigation.close;

  useEffect(() => close(), [place, close]);
  const state = status === undefined ? "" : words(`state.${status.state}`);
  useEffect(() => showTitle({ state }), [state]);

  if (setUp === undefined) return <Connecting />;
  const alone = !setUp;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={
        alone
          ? { width: 0, breakpoint: 0, collapsed: { mobile: true, desktop: true } }
          : { width: { base: 240, xs: 92, md: 208 }, breakpoint: "xs", collapsed: { mobile: !navigationOpen } }
      }
      padding={0}
    >
      <a
        className={classes.skip}
        href={`#${CONTENT_ID}`}
        onClick={(event) => {
          // The address after the # is the screen's, so the jump is made by hand.
          event.preventDefault();
          document.getElementById(CONTENT_ID)?.focus();
        }}
      >
        {t("skipToContent")}
      </a>
      <Header alone={alone} navigationOpen={navigationOpen} onNavigation={navigation.toggle} />
      {alone ? null : (
        <AppShell.Navbar className={classes.navbar ?? ""} aria-label={t("navigation")}>
          <Navigation />
        </AppShell.Navbar>
      )}
      <AppShell.Main id={CONTENT_ID} tabIndex={-1} className={classes.main ?? ""}>
        <ConnectionBanner />
        {alone ? <FirstRun /> : <Screens />}
      </AppShell.Main>
    </AppShell>
  );
}
