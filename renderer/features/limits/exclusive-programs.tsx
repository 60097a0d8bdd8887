import { Pill, TagsInput } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { visible } from "../../ui/visible.ts";
import { PROGRAM_MOST_CHARACTERS, programNames, PROGRAMS_MOST } from "./rule-defaults.ts";
import { RuleRow } from "./rule-row.tsx";

interface ExclusiveProgramsProps {
  readonly programs: readonly string[];
  readonly onChange: (programs: string[]) => void;
}

/** Programs while which nothing else shall run. */
export function ExclusivePrograms({ programs, onChange }: ExclusiveProgramsProps) {
  const { t } = useTranslation("limits");
  const input = useRef<HTMLInputElement>(null);
  const full = programs.length >= PROGRAMS_MOST;
  return (
    <RuleRow
      label={t("exclusive")}
      means={t("exclusiveMeans")}
      standard={{ value: t("exclusiveNone"), chosen: programs.length > 0, onDefault: () => onChange([]) }}
    >
      <TagsInput
        ref={input}
        aria-label={t("exclusive")}
        description={full ? t("exclusiveFull", { count: PROGRAMS_MOST }) : t("exclusiveHint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder={programs.length === 0 ? t("exclusiveExample") : ""}
        value={[...programs]}
        maxTags={PROGRAMS_MOST}
        maxLength={PROGRAM_MOST_CHARACTERS}
        spellCheck={false}
        onChange={(next) => onChange(programNames(next))}
        renderPill={({ value = "", onRemove }) => (
          <Pill
            title={visible(value)}
            withRemoveButton
            onRemove={() => {
              onRemove?.();
              // The button goes with its program: the keys go on from the field.
              input.current?.focus();
            }}
            // The ready-made button is for the mouse alone.
            removeButtonProps={{
              "aria-label": t("exclusiveRemove", { program: visible(value) }),
              "aria-hidden": false,
              tabIndex: 0,
            }}
          >
            {visible(value)}
          </Pill>
        )}
      />
    </RuleRow>
  );
}
