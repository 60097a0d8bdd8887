import { Button, Group, Stack } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { GridView } from "../../../shared/contract/views.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useAction } from "../../ui/use-action.ts";
import { TokenInput } from "./token-input.tsx";

interface SignInProps {
  readonly grid: GridView;
  readonly onDone: () => void;
}

/** A new token for a grid that does not take the old one. */
export function SignIn({ grid, onDone }: SignInProps) {
  const { t } = useTranslation("grids");
  const signIn = useAction("grids.signIn", { quiet: true, done: t("signedIn") });
  const [token, setToken] = useState("");
  const [fault, setFault] = useState<Fault>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await signIn.run({ id: grid.id, token: token.trim() });
    setFault(outcome.ok ? undefined : outcome.fault);
    if (!outcome.ok) return;
    setToken("");
    onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)} style={{ flex: 1 }}>
      <Stack gap="sm">
        {t("signInText")}
        <TokenInput value={token} onChange={setToken} />
        {fault === undefined ? null : <FaultAlert fault={fault} />}
        <Group gap="xs">
          <Button type="submit" size="xs" loading={signIn.busy} disabled={token.trim() === ""}>
            {t("signInDo")}
          </Button>
          <Button variant="default" size="xs" onClick={onDone}>
            {t("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
