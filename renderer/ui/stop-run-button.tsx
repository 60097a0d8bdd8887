import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Foreign } from "./foreign.tsx";
import { useAction } from "./use-action.ts";

/** Stops a run, after saying what that does. */
export function StopRunButton({ claimId, taskId }: { readonly claimId: string; readonly taskId: string }) {
  const { t } = useTranslation();
  const [open, dialog] = useDisclosure(false);
  const { run, busy } = useAction("runs.stop", { done: t("stop.done") });
  const confirm = (): void => {
    dialog.close();
    void run({ claimId });
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        loading={busy}
        onClick={dialog.open}
        aria-label={`${t("stop.action")}: ${taskId.slice(0, 80)}`}
      >
        {t("stop.action")}
      </Button>
      <Modal
        opened={open}
        onClose={dialog.close}
        title={t("stop.title")}
        centered
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <Text fw={600} mb="xs">
          <Foreign text={taskId} monospace lines={3} />
        </Text>
        <Text size="sm">{t("stop.text")}</Text>
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t("stop.keep")}
          </Button>
          <Button color="red.8" onClick={confirm}>
            {t("stop.confirm")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
