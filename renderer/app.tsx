/** The whole page: theme, language, and the shell around the screen that the address names. */
import { MantineProvider, useMantineColorScheme } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { resolved } from "./i18n/i18n.ts";
import { Shell } from "./shell/shell.tsx";
import { useMirror } from "./state/mirror.ts";
import { theme, variables } from "./ui/theme.ts";

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Appearance />
      <Messages />
      <Router hook={useHashLocation}>
        <Shell />
      </Router>
    </MantineProvider>
  );
}

/** What actions have to say, in a region of its own. */
function Messages() {
  const { t } = useTranslation();
  return (
    <section aria-label={t("messages")}>
      <Notifications position="bottom-right" limit={4} autoClose={6_000} withinPortal={false} />
    </section>
  );
}

/** Shows theme and language as the settings have them. */
function Appearance() {
  const appearance = useMirror((mirror) => mirror.picture?.settings.settings.appearance);
  const { setColorScheme } = useMantineColorScheme();
  const { i18n } = useTranslation();
  const colours = appearance?.theme;
  const language = appearance?.language;

  useEffect(() => {
    if (colours !== undefined) setColorScheme(colours === "system" ? "auto" : colours);
  }, [colours, setColorScheme]);
  useEffect(() => {
    if (language !== undefined) void i18n.changeLanguage(resolved(language));
  }, [language, i18n]);
  return null;
}
