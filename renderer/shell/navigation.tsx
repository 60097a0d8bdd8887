import {
  IconAdjustmentsHorizontal,
  IconHistory,
  IconHome2,
  IconListDetails,
  IconPlayerPlay,
  IconSend2,
  IconSettings,
  IconTopologyStar3,
  type Icon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { PLACES, type Place } from "../routes.ts";
import { useMirror } from "../state/mirror.ts";
import { decimal } from "../ui/format.ts";
import { useLocale } from "../ui/use-locale.ts";
import classes from "./navigation.module.css";

const ICONS: Record<Place, Icon> = {
  home: IconHome2,
  queue: IconListDetails,
  running: IconPlayerPlay,
  history: IconHistory,
  limits: IconAdjustmentsHorizontal,
  grids: IconTopologyStar3,
  submit: IconSend2,
  settings: IconSettings,
};

const ORDER: readonly Place[] = ["home", "queue", "running", "history", "limits", "grids", "submit", "settings"];

export function Navigation() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const counts = useCounts();
  const current = `/${location.split("/")[1] ?? ""}`;
  return (
    <ul className={classes.list}>
      {ORDER.map((place) => {
        const Symbol = ICONS[place];
        const count = counts[place];
        return (
          <li key={place}>
            <Link
              href={PLACES[place]}
              className={classes.link}
              aria-current={PLACES[place] === current ? "page" : undefined}
            >
              <Symbol size={20} stroke={1.7} aria-hidden />
              <span className={classes.label}>{t(`place.${place}`)}</span>
              {count === undefined ? null : <span className={classes.count}>{count}</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** How much waits behind a screen, where that is worth a number. */
function useCounts(): Partial<Record<Place, string>> {
  const locale = useLocale();
  const runs = useMirror((mirror) => mirror.picture?.runs.size ?? 0);
  const queued = useMirror((mirror) => {
    let sum = 0;
    for (const grid of mirror.picture?.grids.values() ?? []) sum += grid.queued;
    return sum;
  });
  const counts: Partial<Record<Place, string>> = {};
  if (runs > 0) counts.running = decimal(runs, locale, 0);
  if (queued > 0) counts.queue = decimal(queued, locale, 0);
  return counts;
}
