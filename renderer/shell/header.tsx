import { AppShell, Burger, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BrandMark } from "../ui/brand-mark.tsx";
import { DonateControl } from "../ui/donate-control.tsx";
import { StatePill } from "../ui/state-pill.tsx";
import classes from "./header.module.css";

export interface HeaderProps {
  /** Without navigation and switch: the first run. */
  readonly alone: boolean;
  readonly navigationOpen: boolean;
  readonly onNavigation: () => void;
}

export function Header({ alone, navigationOpen, onNavigation }: HeaderProps) {
  const { t } = useTranslation();
  return (
    <AppShell.Header className={classes.header ?? ""}>
      {alone ? null : (
        <Burger
          opened={navigationOpen}
          onClick={onNavigation}
          hiddenFrom="xs"
          size="sm"
          aria-expanded={navigationOpen}
          aria-label={t(navigationOpen ? "closeNavigation" : "openNavigation")}
        />
      )}
      <div className={classes.brand}>
        <BrandMark size={28} />
        <span className={classes.name}>D-GRID</span>
      </div>
      {alone ? null : (
        <Group className={classes.state ?? ""} gap="sm" wrap="nowrap">
          <StatePill />
          <DonateControl />
        </Group>
      )}
    </AppShell.Header>
  );
}
