import { Menu } from "@mantine/core";
import { IconClockPause, IconFlag, IconInfinity, IconPlayerPlay } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MethodInput } from "../../shared/contract/methods.ts";
import type { Mode } from "../../shared/settings/policy.ts";
import classes from "./mode-menu-items.module.css";

const PAUSES = ["15m", "1h", "4h", "tomorrow", "until_resumed"] as const;

export interface ModeMenuItemsProps {
  readonly mode: Mode;
  readonly onChoose: (input: MethodInput<"mode.set">) => void;
}

/** What can be done with the switch beside on and off. Before donating was switched on there is nothing to pause. */
export function ModeMenuItems({ mode, onChoose }: ModeMenuItemsProps) {
  const { t } = useTranslation("status");
  return (
    <>
      {mode.kind === "donate" ? null : (
        <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => onChoose({ to: "donate" })}>
          {t("act.byRules")}
        </Menu.Item>
      )}
      {mode.kind === "off" ? null : (
        <>
          <Menu.Label>{t("act.pause")}</Menu.Label>
          {PAUSES.map((time) => (
            <Menu.Item
              key={time}
              leftSection={<IconClockPause size={16} aria-hidden />}
              onClick={() => onChoose({ to: "pause", for: time })}
            >
              {t(`act.pauseFor.${time}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {mode.kind === "finishing" ? null : (
            <Explained
              icon={<IconFlag size={16} aria-hidden />}
              title={t("act.finish")}
              text={t("mode.finishing.why")}
              onClick={() => onChoose({ to: "finish" })}
            />
          )}
        </>
      )}
      {mode.kind === "always" ? null : (
        <Explained
          icon={<IconInfinity size={16} aria-hidden />}
          title={t("act.always")}
          text={t("mode.always.why")}
          onClick={() => onChoose({ to: "always" })}
        />
      )}
    </>
  );
}

interface ExplainedProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly onClick: () => void;
}

function Explained({ icon, title, text, onClick }: ExplainedProps) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {title}
      <span className={classes.text}>{text}</span>
    </Menu.Item>
  );
}
