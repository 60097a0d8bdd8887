import { Button, Group, Select, Tabs } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { GridView } from "../../../shared/contract/views.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useAction } from "../../ui/use-action.ts";
import { visible } from "../../ui/visible.ts";
import { CheckVerdict } from "./check-verdict.tsx";
import { Proposing } from "./proposing.tsx";
import { Submitted } from "./submitted.tsx";
import { draftOf, EMPTY_DRAFT, suggestedId, textOf, type TaskDraft } from "./task-draft.ts";
import { TaskForm } from "./task-form.tsx";
import { TaskPreview } from "./task-preview.tsx";
import { TaskTextInput } from "./task-text-input.tsx";
import { useTaskCheck } from "./use-task-check.ts";
import classes from "./new-task.module.css";

const fresh = (): string => textOf({ ...EMPTY_DRAFT, taskId: suggestedId(Date.now()) });

/** Makes a task as a form or as its file, and puts it on a grid's queue. */
export function NewTask({ grids }: { readonly grids: readonly GridView[] }) {
  const { t } = useTranslation("submit");
  const [text, setText] = useState(fresh);
  const [gridId, setGridId] = useState(grids[0]?.id);
  const [tab, setTab] = useState<string | null>("form");
  const [fault, setFault] = useState<Fault>();
  const [submitted, setSubmitted] = useState<string>();
  const [lastDraft, setLastDraft] = useState<TaskDraft>(EMPTY_DRAFT);
  const submit = useAction("tasks.submit", { quiet: true });
  const grid = grids.find(({ id }) => id === gridId) ?? grids[0];
  const check = useTaskCheck(text, grid?.id);
  if (grid === undefined) return null;

  const readable = draftOf(text);
  const draft = readable ?? lastDraft;
  const write = (next: string): void => {
    setText(next);
    setFault(undefined);
    const shown = draftOf(next);
    if (shown !== undefined) setLastDraft(shown);
  };
  const send = async (): Promise<void> => {
    const outcome = await submit.run({ gridId: grid.id, text });
    setFault(outcome.ok ? undefined : outcome.fault);
    if (outcome.ok) setSubmitted(outcome.value.taskId);
  };
  const again = (): void => {
    setSubmitted(undefined);
    write(fresh());
  };
  if (submitted !== undefined) return <Submitted grid={grid} taskId={submitted} onAnother={again} />;

  return (
    <div className={classes.columns}>
      <div className={classes.input}>
        {grids.length === 1 ? null : (
          <Select
            label={t("grid")}
            data={grids.map(({ id, name }) => ({ value: id, label: visible(name).slice(0, 200) }))}
            value={grid.id}
            allowDeselect={false}
            onChange={(id) => setGridId(id ?? grid.id)}
          />
        )}
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="form">{t("form")}</Tabs.Tab>
            <Tabs.Tab value="json">{t("json")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form" pt="md">
            <TaskForm
              draft={draft}
              unreadable={readable === undefined}
              problems={check.problems}
              onChange={(next) => write(textOf(next))}
            />
          </Tabs.Panel>
          <Tabs.Panel value="json" pt="md">
            <TaskTextInput text={text} onChange={write} />
          </Tabs.Panel>
        </Tabs>
      </div>
      <div className={classes.outcome}>
        {tab === "form" ? <TaskPreview text={text} /> : null}
        <CheckVerdict check={check} untouched={draft.script === "" && readable !== undefined} />
        {fault === undefined ? null : <FaultAlert fault={fault} />}
        <Group gap="sm">
          <Button loading={submit.busy} disabled={check.problems?.length !== 0} onClick={() => void send()}>
            {t("submit")}
          </Button>
        </Group>
        <Proposing grid={grid} taskId={draft.taskId} text={text} fault={fault} ready={check.problems?.length === 0} />
      </div>
    </div>
  );
}
