import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { BigSwitch } from "../../ui/big-switch.tsx";
import { ModeMenuItems } from "../../ui/mode-menu-items.tsx";
import { StateShape } from "../../ui/state-shape.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useFaultWords } from "../../ui/use-fault-words.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./donate-hero.module.css";

/** The switch, the state with its one reason, and what would change it. */
export function DonateHero() {
  const { t } = useTranslation("home");
  const { t: words } = useTranslation("status");
  const { mode, state, reason, fault } = usePicture((picture) => picture.status);
  const locale = useLocale();
  const faultWords = useFaultWords();
  const { run, busy } = useAction("mode.set");
  const on = mode.kind === "donate" || mode.kind === "always";
  const press = (): void => {
    const back = "resumeAs" in mode ? mode.resumeAs : "donate";
    void run(on ? { to: "pause", for: "until_resumed" } : { to: back });
  };
  return (
    <section className={classes.hero} data-state={state} aria-labelledby="state-title">
      <div className={classes.shape}>
        <StateShape state={state} size={30} />
      </div>
      <div className={classes.words} aria-live="polite">
        <h2 className={classes.title} id="state-title">
          {words(`reason.${reason}.title`)}
        </h2>
        <p className={classes.why}>{fault === null ? words(`reason.${reason}.why`) : faultWords(fault).meaning}</p>
        <p className={classes.change}>
          {mode.kind === "paused" && mode.untilMs !== undefined ? (
            <strong className={classes.until}>{t("until", { time: clock(mode.untilMs, locale) })}. </strong>
          ) : null}
          {mode.kind === "always" && reason === "donating"
            ? t("alwaysOn", { why: words("mode.always.why") })
            : words(`reason.${reason}.change`)}
        </p>
      </div>
      <div className={classes.controls}>
        <BigSwitch label={t("donate")} on={on} busy={busy} onPress={press} />
        {mode.kind === "off" ? null : (
          <Menu withinPortal={false} position="bottom-end" width={320} shadow="md">
            <Menu.Target>
              <Button variant="subtle" size="sm" rightSection={<IconChevronDown size={16} aria-hidden />}>
                {t("pauseFor")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <ModeMenuItems mode={mode} onChoose={(input) => void run(input)} />
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </section>
  );
}

/** A moment as the clock shows it, with its day where that is not today. */
function clock(atMs: number, locale: string): string {
  const today = new Date(atMs).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, {
    ...(today ? {} : { weekday: "long" }),
    hour: "2-digit",
    minute: "2-digit",
  }).format(atMs);
}
