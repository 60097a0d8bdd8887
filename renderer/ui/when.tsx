import { absolute, relative } from "./format.ts";
import { useNow } from "./now.ts";
import { useLocale } from "./use-locale.ts";

/** A moment as people say it; the exact one on hover and for those who listen. */
export function When({ atMs }: { readonly atMs: number }) {
  const locale = useLocale();
  const recent = Math.abs(Date.now() - atMs) < 60_000;
  const nowMs = useNow(recent ? 1_000 : 30_000);
  if (!Number.isFinite(atMs) || Math.abs(atMs) > 8.64e15) return <span>–</span>;
  const exact = absolute(atMs, locale);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={exact}>
      {relative(atMs, recent ? Date.now() : Math.max(nowMs, 0), locale)}
    </time>
  );
}
