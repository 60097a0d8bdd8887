import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { GridView } from "../../../shared/contract/views.ts";
import { useAction } from "../../ui/use-action.ts";
import { visible } from "../../ui/visible.ts";
import { Confirm } from "../settings/confirm.tsx";

/** Leaves a grid after asking. */
export function RemoveGrid({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  const [opened, setOpened] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const remove = useAction("grids.remove", { quiet: true });
  const name = visible(grid.name).slice(0, 100);
  const confirm = (): void => {
    // Giving back takes a while and is seen on the card: nobody waits for it here.
    setOpened(false);
    void remove.run({ id: grid.id }).then((outcome) => {
      if (outcome.ok || outcome.fault.code === "grid_unknown") return;
      setFault(outcome.fault);
      setOpened(true);
    });
  };
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        disabled={grid.leaving}
        loading={remove.busy}
        aria-label={`${t("remove")} ${name}`}
        onClick={() => setOpened(true)}
      >
        {t("remove")}
      </Button>
      <Confirm
        opened={opened}
        title={t("removeTitle", { name })}
        action={t("removeDo")}
        busy={remove.busy}
        fault={fault}
        onConfirm={confirm}
        onClose={() => setOpened(false)}
      >
        <Text size="sm">{t("removeText")}</Text>
        {grid.held === 0 ? null : <Text size="sm">{t("removeHeld", { count: grid.held })}</Text>}
      </Confirm>
    </>
  );
}
