import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { LogRow } from "./log-row.tsx";
import type { LogSearch } from "./use-log-search.ts";
import type { LogWindow } from "./log-window.ts";
import classes from "./log-lines.module.css";

const LINE_PX = 20;
/** Nearer to the end than this is at the end. */
const END_PX = 24;

export interface LogLinesProps {
  readonly window: LogWindow;
  readonly version: number;
  readonly wrap: boolean;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
  readonly search: LogSearch;
}

/** The lines in sight, of however many. */
export function LogLines({ window: log, version, wrap, follow, onFollow, search }: LogLinesProps) {
  const { t } = useTranslation("running");
  const scroller = useRef<HTMLDivElement>(null);
  const firstNumber = log.line(0)?.number ?? 0;
  const virtualizer = useVirtualizer({
    count: log.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => firstNumber + index,
    overscan: 12,
    useFlushSync: false,
  });

  useStay(scroller, { version, firstNumber, follow, wrap, totalPx: virtualizer.getTotalSize() });

  const { current } = search;
  useEffect(() => {
    if (current === undefined) return;
    onFollow(false);
    virtualizer.scrollToIndex(current - firstNumber, { align: "center" });
    // Only a step of the search moves the page, not the lines that come meanwhile.
  }, [current]);

  const onScroll = (): void => {
    const box = scroller.current;
    if (box === null) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
    if (atEnd !== follow) onFollow(atEnd);
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-wrap={wrap}
      role="log"
      aria-label={t("log.label")}
      aria-live="off"
      tabIndex={0}
      onWheel={onScroll}
      onKeyUp={onScroll}
      onPointerUp={onScroll}
      onTouchEnd={onScroll}
    >
      <div
        className={classes.lines}
        style={{
          height: virtualizer.getTotalSize(),
          ...(wrap ? {} : { minWidth: `calc(${log.longest}ch + 3.5rem)` }),
        }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const line = log.line(item.index);
          return line === undefined ? null : (
            <div
              key={item.key}
              ref={wrap ? virtualizer.measureElement : undefined}
              data-index={item.index}
              className={classes.line}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LogRow
                line={line}
                wanted={search.wanted}
                current={line.number === current}
                mark={t("log.stderr")}
                markLong={t("log.stderrLong")}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface Stay {
  readonly version: number;
  readonly firstNumber: number;
  readonly follow: boolean;
  readonly wrap: boolean;
  /** Grows and shrinks while lines that wrap are measured: the end moves without a new line. */
  readonly totalPx: number;
}

/** Keeps the end in sight while following, and else what is in sight where it is while older lines go. */
function useStay(
  scroller: RefObject<HTMLDivElement | null>,
  { version, firstNumber, follow, wrap, totalPx }: Stay,
): void {
  const before = useRef(firstNumber);
  useLayoutEffect(() => {
    const gone = firstNumber - before.current;
    before.current = firstNumber;
    const box = scroller.current;
    if (box === null) return;
    if (follow) box.scrollTop = box.scrollHeight;
    else if (gone > 0) box.scrollTop = Math.max(0, box.scrollTop - gone * LINE_PX);
  }, [scroller, version, firstNumber, follow, wrap, totalPx]);
}
