import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./new-task.module.css";

/** As many characters as a request may have (contract, `tasks.check`). */
const MOST_CHARACTERS = 70_000;

interface TaskTextInputProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The file itself, for those who would rather write it. */
export function TaskTextInput({ text, onChange }: TaskTextInputProps) {
  const { t } = useTranslation("submit");
  return (
    <Textarea
      className={classes.file ?? ""}
      label={t("text")}
      description={t("textHint")}
      value={text}
      autosize
      minRows={16}
      maxRows={32}
      maxLength={MOST_CHARACTERS}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
