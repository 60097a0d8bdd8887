import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import classes from "./confirm.module.css";

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** What happens, in the words of a button. */
  readonly action: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly fault?: Fault | undefined;
  /** Whether it takes something away. */
  readonly destructive?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const { opened, title, children, action, busy, disabled = false, fault, destructive = true } = props;
  const { t } = useTranslation();
  return (
    // Put together by hand: the ready-made one has a <header>, which would be a second banner of the page.
    <Modal.Root opened={opened} onClose={props.onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={classes.body ?? ""}>
          <div className={classes.head}>
            <Modal.Title className={classes.title ?? ""}>{title}</Modal.Title>
            <Modal.CloseButton aria-label={t("close")} />
          </div>
          <Stack gap="sm">
            {children}
            {fault === undefined ? null : <FaultAlert fault={fault} />}
            <Group justify="flex-end" mt="xs">
              <Button variant="default" onClick={props.onClose} data-autofocus>
                {t("cancel")}
              </Button>
              <Button
                {...(destructive && { color: "red.8" })}
                loading={busy}
                disabled={disabled}
                onClick={props.onConfirm}
              >
                {action}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
