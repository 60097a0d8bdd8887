import { Loader } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import type { TaskCheck } from "./use-task-check.ts";
import classes from "./new-task.module.css";

interface CheckVerdictProps {
  readonly check: TaskCheck;
  /** Nothing was written yet: no reason to complain. */
  readonly untouched: boolean;
}

/** Whether a worker would take the file as it stands, and if not, why. */
export function CheckVerdict({ check, untouched }: CheckVerdictProps) {
  const { t } = useTranslation("submit");
  if (check.fault !== undefined) return <FaultAlert fault={check.fault} />;
  const { problems } = check;
  const kind = untouched || problems === undefined ? "waiting" : problems.length === 0 ? "fine" : "problems";
  return (
    <div className={classes.verdict} role="status" data-kind={kind}>
      {untouched ? (
        t("notYet")
      ) : problems === undefined ? (
        <>
          <Loader size={18} aria-hidden /> {t("checking")}
        </>
      ) : problems.length === 0 ? (
        <>
          <IconCircleCheck size={20} aria-hidden /> {t("fine")}
        </>
      ) : (
        <>
          <IconAlertTriangle size={20} aria-hidden />
          <div>
            {t("problems", { count: problems.length })}
            <ul className={classes.problems}>
              {problems.map((problem) => (
                <li key={`${problem.field} ${problem.message}`}>
                  {problem.field === null ? null : (
                    <>
                      <Foreign text={problem.field} monospace />:{" "}
                    </>
                  )}
                  <Foreign text={problem.message} />
                </li>
              ))}
            </ul>
          </div>
        </>
      )}
    </div>
  );
}
