import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { useTranslation } from "react-i18next";
import { decimal, duration } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";

export interface UsageCurveProps {
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly limit: number | undefined;
  readonly unit: string;
}

/** One measure over the run's time. */
export function UsageCurve({ name, points, limit, unit }: UsageCurveProps) {
  const { t } = useTranslation("running");
  const locale = useLocale();
  const most = Math.max(limit ?? 0, ...points.map(({ value }) => value));
  return (
    <AreaChart
      h={120}
      data={points.map(({ at, value }) => ({ at, value }))}
      dataKey="at"
      series={[{ name: "value", label: name, color: "var(--grid-accent)" }]}
      curveType="monotone"
      withDots={false}
      gridAxis="x"
      tickLine="none"
      fillOpacity={0.18}
      strokeWidth={1.75}
      yAxisProps={{
        width: 44,
        domain: [0, Math.ceil(most * 100) / 100],
        tickCount: 3,
        tickFormatter: (value: number) => decimal(value, locale, 2),
      }}
      xAxisProps={{
        type: "number",
        domain: ["dataMin", "dataMax"],
        tickCount: 4,
        tickFormatter: (at: number) => duration(at * 1_000, locale),
      }}
      valueFormatter={(value) => `${decimal(value, locale, 2)} ${unit}`}
      tooltipProps={{ labelFormatter: (at: unknown) => `${t("usage.elapsed")}: ${String(at)}` }}
      areaProps={{ isAnimationActive: false }}
      areaChartProps={{ accessibilityLayer: false }}
      {...(limit === undefined ? {} : { referenceLines: [{ y: limit, color: "var(--grid-quiet)" }] })}
    />
  );
}
