import { Button, MultiSelect, Select, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { visible } from "../../ui/visible.ts";
import { gridName } from "./grid-name.ts";
import { isFiltered, NO_FILTERS, OUTCOMES, TIMES, type Filters } from "./history-filter.ts";
import { useHistoryGrids } from "./use-history-grids.ts";
import classes from "./history-filters.module.css";

interface HistoryFiltersProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** Every filter in one row. */
export function HistoryFilters({ filters, onChange }: HistoryFiltersProps) {
  const { t } = useTranslation("history");
  const grids = useHistoryGrids();
  const set = (change: Partial<Filters>): void => onChange({ ...filters, ...change });
  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search ?? ""}
        aria-label={t("search")}
        placeholder={t("searchHint")}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={filters.text}
        maxLength={200}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <MultiSelect
        className={classes.outcomes ?? ""}
        aria-label={t("outcomes")}
        placeholder={filters.outcomes.length === 0 ? t("allOutcomes") : ""}
        data={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
        value={[...filters.outcomes]}
        clearable
        clearButtonProps={{ "aria-label": t("clear") }}
        onChange={(outcomes) => set({ outcomes })}
      />
      <Select
        className={classes.choice ?? ""}
        aria-label={t("time")}
        data={TIMES.map((time) => ({ value: time, label: t(`times.${time}`) }))}
        value={filters.time}
        allowDeselect={false}
        onChange={(time) => set({ time: time ?? "all" })}
      />
      {filters.time === "custom" ? (
        <>
          <TextInput
            className={classes.day ?? ""}
            type="date"
            aria-label={t("from")}
            value={filters.fromDay}
            max={filters.toDay}
            onChange={(event) => set({ fromDay: event.currentTarget.value })}
          />
          <TextInput
            className={classes.day ?? ""}
            type="date"
            aria-label={t("to")}
            value={filters.toDay}
            min={filters.fromDay}
            onChange={(event) => set({ toDay: event.currentTarget.value })}
          />
        </>
      ) : null}
      {grids.length < 2 && filters.grid === null ? null : (
        <Select
          className={classes.choice ?? ""}
          aria-label={t("grid")}
          placeholder={t("allGrids")}
          data={grids.map((grid) => ({ value: grid, label: visible(gridName(grid)) }))}
          value={filters.grid}
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          onChange={(grid) => set({ grid })}
        />
      )}
      {isFiltered(filters) || filters.time === "custom" ? (
        <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={() => onChange(NO_FILTERS)}>
          {t("clear")}
        </Button>
      ) : null}
    </search>
  );
}
