import { Button, Group } from "@mantine/core";
import { IconFlag, IconRotateClockwise2 } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useAction } from "../../ui/use-action.ts";
import classes from "./updates.module.css";

/** Installs what was fetched; while tasks are with this machine it says what it waits for, and how to get there. */
export function InstallUpdate() {
  const { t } = useTranslation("desktop");
  const { t: words } = useTranslation("status");
  const reason = useId();
  const runs = usePicture((picture) => picture.runs.size);
  const finishing = usePicture((picture) => picture.status.mode.kind === "finishing");
  const install = useAction("updates.install", { quiet: true });
  const finish = useAction("mode.set");
  const [fault, setFault] = useState<Fault>();
  const start = async (): Promise<void> => {
    setFault(undefined);
    const outcome = await install.run({});
    if (!outcome.ok) setFault(outcome.fault);
  };
  return (
    <>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      {runs === 0 ? null : (
        <p className={classes.quiet} id={reason}>
          {t("updates.waits", { count: runs })}
        </p>
      )}
      <Group gap="sm">
        <Button
          leftSection={<IconRotateClockwise2 size={18} aria-hidden />}
          loading={install.busy}
          disabled={runs > 0}
          {...(runs > 0 && { "aria-describedby": reason })}
          onClick={() => void start()}
        >
          {t("updates.install")}
        </Button>
        {runs === 0 || finishing ? null : (
          <Button
            variant="default"
            leftSection={<IconFlag size={18} aria-hidden />}
            loading={finish.busy}
            onClick={() => void finish.run({ to: "finish" })}
          >
            {words("act.finish")}
          </Button>
        )}
      </Group>
    </>
  );
}
