import { Loader } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CheckView } from "../../../shared/contract/views.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { useFaultWords } from "../../ui/use-fault-words.ts";
import { useHost } from "../../ui/use-host.ts";
import { checkKey } from "./merged-checks.ts";
import classes from "./check-list.module.css";

/** What was looked at, one by one: what was found, or what is wrong and its mend. */
export function CheckList({ checks, label }: { readonly checks: readonly CheckView[]; readonly label: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {checks.map((check) => (
        <Check key={checkKey(check)} check={check} />
      ))}
    </ul>
  );
}

function Check({ check }: { readonly check: CheckView }) {
  const { t } = useTranslation("settings");
  const words = useFaultWords();
  const found = useFound(check);
  const fault = check.fault === null ? undefined : words(check.fault);
  return (
    <li className={classes.check} data-state={check.state}>
      <span className={classes.icon} role="img" aria-label={t(`checkState.${check.state}`)}>
        <StateIcon state={check.state} />
      </span>
      <div className={classes.words}>
        <div className={classes.name}>
          {t(`check.${check.name}`)}
          {check.subject === "" ? null : (
            <span className={classes.subject}>
              <Foreign text={check.subject} lines={2} />
            </span>
          )}
        </div>
        {found === "" ? null : (
          <div className={classes.found}>
            <Foreign text={found} lines={check.found === "" ? 8 : 4} />
          </div>
        )}
        {fault === undefined ? null : (
          <div className={classes.fault}>
            <strong>{fault.meaning}</strong> {fault.next}
            {check.fault === null || check.fault.detail === "" ? null : (
              <div className={classes.found}>
                <Foreign text={check.fault.detail} monospace multiline lines={4} />
              </div>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

/** What was found. Of tokens nothing is told but whether they are kept, which each host does in its own way. */
function useFound({ name, state, found, fault }: CheckView): string {
  const { t } = useTranslation("settings");
  const inWindow = useHost() === "electron";
  if (name !== "secrets" || found !== "" || fault !== null || state === "running") return found;
  return t(`tokens.${state === "fine" ? "keychain" : inWindow ? "session" : "memory"}`);
}

function StateIcon({ state }: { readonly state: CheckView["state"] }) {
  switch (state) {
    case "running":
      return <Loader size={18} />;
    case "fine":
      return <IconCircleCheck size={20} />;
    case "note":
      return <IconInfoCircle size={20} />;
    case "fault":
      return <IconAlertTriangle size={20} />;
  }
}
