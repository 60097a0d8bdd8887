import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconChevronDown, IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../state/use-picture.ts";
import { ModeMenuItems } from "./mode-menu-items.tsx";
import { useAction } from "./use-action.ts";
import classes from "./donate-control.module.css";

/** The switch in small, on every screen: one press for the usual, a menu for the rest. */
export function DonateControl() {
  const { t } = useTranslation();
  const { t: status } = useTranslation("status");
  const mode = usePicture((picture) => picture.status.mode);
  const { run, busy } = useAction("mode.set");
  const on = mode.kind === "donate" || mode.kind === "always";
  const Symbol = on ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  const press = (): void => void run(on ? { to: "pause", for: "until_resumed" } : { to: resumed(mode) });
  return (
    <Button.Group>
      <Button
        size="sm"
        className={classes.button ?? ""}
        variant={on ? "default" : "filled"}
        leftSection={<Symbol size={14} aria-hidden />}
        loading={busy}
        loaderProps={{ type: "dots" }}
        onClick={press}
      >
        {status(on ? "act.pause" : mode.kind === "off" ? "act.on" : "act.resume")}
      </Button>
      <Menu withinPortal={false} position="bottom-end" width={300} shadow="md">
        <Menu.Target>
          <ActionIcon
            className={classes.more ?? ""}
            variant={on ? "default" : "filled"}
            size={32}
            aria-label={t("pauseMenu")}
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ModeMenuItems mode={mode} onChoose={(input) => void run(input)} />
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

function resumed(mode: { readonly kind: string; readonly resumeAs?: "donate" | "always" }): "donate" | "always" {
  return mode.resumeAs ?? "donate";
}
