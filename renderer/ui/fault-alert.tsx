import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Fault } from "../../shared/contract/fault.ts";
import { Foreign } from "./foreign.tsx";
import { useFaultWords } from "./use-fault-words.ts";
import classes from "./fault-alert.module.css";

export interface FaultAlertProps {
  readonly fault: Fault;
  /** What mends it: a button or a link. */
  readonly action?: ReactNode;
  /** What it belongs to: a grid's name, an image. Shown as a stranger's text. */
  readonly subject?: string;
  /** What the detail is, said before it. */
  readonly detailLabel?: string;
}

/** A fault in words: what it means, the next step, and the particulars for those who look. */
export function FaultAlert({ fault, action, subject, detailLabel }: FaultAlertProps) {
  const words = useFaultWords()(fault);
  return (
    <Alert
      className={classes.alert ?? ""}
      variant="light"
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      role="group"
      classNames={{ title: classes.title ?? "", icon: classes.icon ?? "", message: classes.message ?? "" }}
      title={
        <>
          {words.meaning}
          {subject === undefined ? null : (
            <span className={classes.subject}>
              <Foreign text={subject} />
            </span>
          )}
        </>
      }
    >
      <p className={classes.next}>{words.next}</p>
      {fault.detail === "" ? null : (
        <p className={classes.detail}>
          {detailLabel === undefined ? null : `${detailLabel}: `}
          <Foreign text={fault.detail} monospace lines={6} multiline />
        </p>
      )}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </Alert>
  );
}
