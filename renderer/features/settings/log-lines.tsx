import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { LogLine } from "../../../shared/contract/views.ts";
import { absolute } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { visible } from "../../ui/visible.ts";
import classes from "./log-lines.module.css";

const AT_END_PX = 24;

/** Lines of the log, the newest at the end and in sight until the person scrolls away. */
export function LogLines({ lines }: { readonly lines: readonly LogLine[] }) {
  const { t } = useTranslation("settings");
  const locale = useLocale();
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });

  useLayoutEffect(() => {
    if (following.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [lines]);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="log"
      aria-live="off"
      aria-label={t("log")}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        following.current = scrollTop + clientHeight >= scrollHeight - AT_END_PX;
      }}
    >
      {lines.map(({ number, atMs, level, message, fields }) => (
        <div key={number} className={classes.line} data-level={level}>
          <time dateTime={new Date(atMs).toISOString()} title={absolute(atMs, locale)}>
            {time.format(atMs)}
          </time>
          <span className={classes.level}>{t(`levels.${level}`)}</span>
          <span className={classes.message}>
            {visible(message)} <span className={classes.fields}>{visible(fields)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
