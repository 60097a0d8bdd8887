import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { GridView } from "../../../shared/contract/views.ts";
import { PLACES } from "../../routes.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { decimal } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { visible } from "../../ui/visible.ts";
import classes from "./grid-tabs.module.css";

/** More grids than these are chosen from a list. */
const TABS_MAX = 5;
const NAME_MAX_CHARACTERS = 60;

export interface GridTabsProps {
  readonly grids: ReadonlyMap<string, GridView>;
  readonly shown: string;
}

/** Which grid's queue is shown. Nothing to choose where there is one. */
export function GridTabs({ grids, shown }: GridTabsProps) {
  const { t } = useTranslation("queue");
  const locale = useLocale();
  const [, navigate] = useLocation();
  if (grids.size < 2) return null;
  const all = [...grids.values()];
  if (grids.size > TABS_MAX) {
    return (
      <Select
        label={t("grid")}
        w={320}
        allowDeselect={false}
        value={shown}
        onChange={(id) => id !== null && navigate(`${PLACES.queue}/${id}`)}
        data={all.map(({ id, name, queued }) => ({
          value: id,
          label: `${visible(name).slice(0, NAME_MAX_CHARACTERS)} (${decimal(queued, locale, 0)})`,
        }))}
      />
    );
  }
  return (
    <nav aria-label={t("grids")}>
      <ul className={classes.tabs}>
        {all.map(({ id, name, queued, enabled }) => (
          <li key={id}>
            <Link
              href={`${PLACES.queue}/${id}`}
              className={classes.tab}
              aria-current={id === shown ? "page" : undefined}
              data-enabled={enabled}
            >
              <Foreign text={name.slice(0, NAME_MAX_CHARACTERS)} />
              <span className={classes.count}>{decimal(queued, locale, 0)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
