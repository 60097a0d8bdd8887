import { Slider } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { decimal } from "../../ui/format.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { DefaultNote } from "./default-note.tsx";
import { UseBar, type UseShares } from "./use-bar.tsx";
import { LimitHead } from "./limit-head.tsx";
import classes from "./limit-slider.module.css";

export interface LimitSliderProps {
  readonly label: string;
  readonly means: string;
  /** The word after a number: "core", "cores". */
  readonly unit: (value: number) => string;
  /** In the unit that is shown. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Digits after the point. */
  readonly digits: number;
  readonly defaultValue: number;
  /** Whether the donor has chosen a value of their own. */
  readonly chosen: boolean;
  /** The environment variable that decides this. */
  readonly fixedBy: string | undefined;
  /** What is in use now, on the slider's own scale. */
  readonly use?: UseShares | undefined;
  readonly note?: ReactNode;
  readonly onChange: (value: number) => void;
  readonly onDefault: () => void;
}

/** A limit on the scale of what the machine has, with what is in use right now under it. */
export function LimitSlider(props: LimitSliderProps) {
  const { label, means, unit, value, min, max, step, digits, defaultValue, chosen, fixedBy, use, note } = props;
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const id = useId();
  const shown = (number: number): string => `${decimal(number, locale, digits)} ${unit(number)}`;
  const set = (next: number): void => props.onChange(Math.min(max, Math.max(min, Number(next.toFixed(digits)))));
  const disabled = fixedBy !== undefined;

  return (
    <div className={classes.limit} role="group" aria-labelledby={id}>
      <LimitHead id={id} label={label} means={means}>
        <NumberField
          className={classes.number ?? ""}
          aria-label={`${label} (${unit(max)})`}
          suffix={` ${unit(Number(value.toFixed(digits)))}`}
          value={Number(value.toFixed(digits))}
          min={min}
          max={max}
          step={step}
          decimalScale={digits}
          disabled={disabled}
          onNumber={set}
        />
      </LimitHead>
      <div className={classes.scale}>
        <Slider
          thumbLabel={label}
          thumbProps={{ "aria-valuetext": t("ofCapacity", { limit: shown(value), capacity: shown(max) }) }}
          value={value}
          min={min}
          max={max}
          step={step}
          domain={[0, max]}
          label={null}
          size={6}
          disabled={disabled}
          onChange={set}
        />
        <UseBar use={use} defaultShare={defaultValue / max} />
        <div className={classes.ends} aria-hidden>
          <span>0</span>
          <span>{shown(max)}</span>
        </div>
      </div>
      <div className={classes.notes}>
        {disabled ? (
          <span className={classes.fixed}>
            <IconLock size={16} aria-hidden /> {t("fixedBy", { variable: fixedBy })}
          </span>
        ) : (
          <>
            {use === undefined ? null : <span>{use.words}</span>}
            <DefaultNote label={label} value={shown(defaultValue)} chosen={chosen} onDefault={props.onDefault} />
          </>
        )}
      </div>
      {note}
    </div>
  );
}
