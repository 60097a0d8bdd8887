import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { RunView, Sample } from "../../../shared/contract/views.ts";
import { bytes } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./usage-section.module.css";
import { useSamples } from "./use-samples.ts";

const UsageCurve = lazy(async () => ({ default: (await import("./usage-curve.tsx")).UsageCurve }));
const MIB = 1024 * 1024;

export interface UsageSectionProps {
  readonly run: RunView;
  readonly samples: readonly Sample[] | undefined;
}

/** Processor and memory over time, beside what is allowed. */
export function UsageSection({ run, samples: known }: UsageSectionProps) {
  const { t } = useTranslation("running");
  const locale = useLocale();
  const samples = useSamples(run.claimId, known);
  const last = samples.at(-1);
  const cores = useCores(1);
  const { share } = run;
  return (
    <Section title={t("usage.title")}>
      {last === undefined || samples.length < 2 ? (
        <p className={classes.none}>{t("usage.none")}</p>
      ) : (
        <div className={classes.curves}>
          <Curve
            name={t("usage.cpu")}
            words={t("usage.now", { now: cores(last[1]), most: cores(Math.max(...samples.map(([, cpus]) => cpus))) })}
            allowed={share === null ? undefined : t("usage.allowed", { value: cores(share.cpus) })}
            points={samples.map(([at, cpus]) => ({ at: Math.round(at), value: Math.round(cpus * 100) / 100 }))}
            limit={share?.cpus}
            unit={t("usage.cores")}
          />
          <Curve
            name={t("usage.memory")}
            words={t("usage.now", {
              now: bytes(last[2], locale),
              most: bytes(Math.max(...samples.map(([, , memory]) => memory)), locale),
            })}
            allowed={share === null ? undefined : t("usage.allowed", { value: bytes(share.memoryBytes, locale) })}
            points={samples.map(([at, , memory]) => ({ at: Math.round(at), value: Math.round(memory / MIB) }))}
            limit={share === null ? undefined : Math.round(share.memoryBytes / MIB)}
            unit="MiB"
          />
        </div>
      )}
    </Section>
  );
}

interface CurveProps {
  readonly name: string;
  readonly words: string;
  readonly allowed: string | undefined;
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly limit: number | undefined;
  readonly unit: string;
}

function Curve({ name, words, allowed, points, limit, unit }: CurveProps) {
  const { t } = useTranslation("running");
  return (
    <figure className={classes.curve}>
      <figcaption className={classes.caption}>
        <strong>{name}</strong>
        <span>{words}</span>
        {allowed === undefined ? null : <span className={classes.allowed}>{allowed}</span>}
      </figcaption>
      <div role="img" aria-label={t("usage.alternative", { what: name, words })}>
        <Suspense fallback={<Skeleton height={120} />}>
          <UsageCurve name={name} points={points} limit={limit} unit={unit} />
        </Suspense>
      </div>
    </figure>
  );
}
