import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";
import { useLocale } from "./use-locale.ts";

export interface NumberFieldProps
  extends Omit<
    NumberInputProps,
    "value" | "min" | "max" | "onChange" | "onBlur" | "clampBehavior" | "decimalSeparator"
  > {
  /** What holds; nothing where nothing was chosen yet. */
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  /** Called with numbers within the bounds alone. */
  readonly onNumber: (value: number) => void;
}

/** A number within bounds: what is out of them is seen while it is typed, and what holds is seen afterwards. */
export function NumberField({ value, min, max, onNumber, ...rest }: NumberFieldProps) {
  const locale = useLocale();
  const [typed, setTyped] = useState<number | string>();
  return (
    <NumberInput
      {...rest}
      value={typed ?? value ?? ""}
      min={min}
      max={max}
      clampBehavior="blur"
      decimalSeparator={locale === "de" ? "," : "."}
      onChange={(next) => {
        // A bound is a number, so a bigint never comes of what is typed.
        const fits = typeof next === "number" && next >= min && next <= max;
        setTyped(fits || typeof next === "bigint" ? undefined : next);
        if (fits) onNumber(next);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
