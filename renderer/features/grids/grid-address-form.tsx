import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useAction } from "../../ui/use-action.ts";
import { CheckList } from "../settings/check-list.tsx";
import { verdictOf } from "../settings/merged-checks.ts";
import { useChecks } from "../settings/use-checks.ts";
import { TokenInput } from "./token-input.tsx";

interface GridAddressFormProps {
  readonly onAdded: () => void;
  readonly onCancel?: () => void;
}

/** An address, perhaps a token; tested step by step, then added. */
export function GridAddressForm({ onAdded, onCancel }: GridAddressFormProps) {
  const { t } = useTranslation("grids");
  const [url, setUrl] = useState("");
  const [token, setToken] = useState("");
  const [fault, setFault] = useState<Fault>();
  const add = useAction("grids.add", { quiet: true, done: t("added") });
  const { checks, busy, done, fault: testFault, start, stop, reset } = useChecks("grids.test");
  const input = { url: url.trim(), ...(token.trim() !== "" && { token: token.trim() }) };
  const verdict = verdictOf(checks ?? []);
  const fine = done && verdict.faults === 0;

  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setFault(undefined);
    // What was found belongs to the address before.
    if (checks !== undefined) reset();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!fine) return start(input);
    await save();
  };
  const save = async (): Promise<void> => {
    const outcome = await add.run(input);
    setFault(outcome.ok ? undefined : outcome.fault);
    if (!outcome.ok) return;
    setUrl("");
    setToken("");
    reset();
    onAdded();
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <TextInput
          label={t("url")}
          description={t("urlHint")}
          value={url}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(setUrl)(event.currentTarget.value)}
        />
        <TokenInput optional value={token} onChange={change(setToken)} />
        {checks === undefined || checks.length === 0 ? null : <CheckList checks={checks} label={t("test")} />}
        {testFault === undefined ? null : <FaultAlert fault={testFault} />}
        {done ? (
          <Alert color={fine ? "green" : "orange"} variant="light" role="status">
            {t(fine ? "testFine" : "testFault")}
          </Alert>
        ) : null}
        {fault === undefined ? null : <FaultAlert fault={fault} />}
        <Group gap="sm">
          {busy ? (
            <Button variant="default" onClick={stop}>
              {t("stop")}
            </Button>
          ) : null}
          <Button type="submit" loading={busy || (add.busy && fine)} disabled={url.trim() === ""}>
            {t(fine ? "addDo" : "test")}
          </Button>
          {done && !fine ? (
            <Button variant="default" loading={add.busy} onClick={() => void save()}>
              {t("addAnyway")}
            </Button>
          ) : null}
          {onCancel === undefined ? null : (
            <Button variant="subtle" onClick={onCancel}>
              {t("cancel")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
