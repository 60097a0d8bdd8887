import { Alert, NumberInput, Select, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { PRIORITIES, SCRIPT_MOST_CHARACTERS, type TaskDraft } from "./task-draft.ts";
import { problemsOf, type TaskProblem } from "./use-task-check.ts";
import classes from "./new-task.module.css";

interface TaskFormProps {
  readonly draft: TaskDraft;
  /** The file was edited into something the form cannot show. */
  readonly unreadable: boolean;
  readonly problems: readonly TaskProblem[] | undefined;
  readonly onChange: (draft: TaskDraft) => void;
}

/** The fields of a task; what the worker says of each stands under it. */
export function TaskForm({ draft, unreadable, problems, onChange }: TaskFormProps) {
  const { t } = useTranslation("submit");
  const locale = useLocale();
  const set = (change: Partial<TaskDraft>): void => onChange({ ...draft, ...change });
  const error = (field: string): string | undefined => problemsOf(problems, field);
  const over = draft.script.length > SCRIPT_MOST_CHARACTERS;
  const count = { number: decimal(draft.script.length, locale, 0), most: decimal(SCRIPT_MOST_CHARACTERS, locale, 0) };
  return (
    <Stack gap="md">
      {unreadable ? (
        <Alert color="orange" variant="light" role="status">
          {t("unreadable")}
        </Alert>
      ) : null}
      <TextInput
        label={t("taskId")}
        description={t("taskIdHint")}
        value={draft.taskId}
        error={error("task_id")}
        spellCheck={false}
        onChange={(event) => set({ taskId: event.currentTarget.value })}
      />
      <div>
        <Textarea
          className={classes.script ?? ""}
          label={t("script")}
          description={t("scriptHint")}
          value={draft.script}
          // Before anything is written there is nothing to complain about.
          error={draft.script === "" ? undefined : error("script")}
          autosize
          minRows={9}
          maxRows={24}
          spellCheck={false}
          onChange={(event) => set({ script: event.currentTarget.value })}
        />
        <span className={classes.counter} data-over={over}>
          {t(over ? "tooMany" : "characters", count)}
        </span>
      </div>
      <div className={classes.pair}>
        <NumberInput
          label={t("timeout")}
          description={t("timeoutHint")}
          suffix=" s"
          allowDecimal={false}
          value={draft.timeoutSeconds ?? ""}
          error={error("timeout_seconds")}
          onChange={(value) => set({ timeoutSeconds: numberOr(value) })}
        />
        <Select
          label={t("priority")}
          description={t("priorityHint")}
          data={PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) }))}
          placeholder={t("priorityNone")}
          value={draft.priority ?? null}
          clearable
          error={error("priority")}
          onChange={(value) => set({ priority: value ?? undefined })}
        />
      </div>
      <TextInput
        label={t("image")}
        description={t("imageHint")}
        value={draft.image}
        error={error("image")}
        spellCheck={false}
        onChange={(event) => set({ image: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <NumberInput
          label={t("cpus")}
          description={t("resourcesHint")}
          step={0.5}
          decimalScale={2}
          value={draft.cpus ?? ""}
          error={error("resources.cpus")}
          onChange={(value) => set({ cpus: numberOr(value) })}
        />
        <NumberInput
          label={t("memory")}
          description={t("resourcesHint")}
          suffix=" MiB"
          step={64}
          allowDecimal={false}
          value={draft.memoryMib ?? ""}
          error={error("resources.memory_mb")}
          onChange={(value) => set({ memoryMib: numberOr(value) })}
        />
      </div>
      <TagsInput
        label={t("dependsOn")}
        description={t("dependsOnHint")}
        value={[...draft.dependsOn]}
        error={error("depends_on")}
        acceptValueOnBlur
        onChange={(dependsOn) => set({ dependsOn })}
      />
    </Stack>
  );
}

function numberOr(value: number | string): number | undefined {
  return typeof value === "number" ? value : undefined;
}
