/** The screen that earns trust: who asks, what runs, and everything that confines it. */
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contract/views.ts";
import { ConfinementDetails } from "../../ui/confinement/confinement-details.tsx";
import { Promises } from "../../ui/confinement/promises.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { ScriptText } from "../../ui/script-text.tsx";
import { AuthorFacts } from "./author-facts.tsx";
import { Part } from "./part.tsx";
import { PriorityMark } from "./priority-mark.tsx";
import { ShareFacts } from "./share-facts.tsx";
import classes from "./task-details.module.css";
import { verdictKind } from "./verdict.ts";
import { VerdictMark } from "./verdict-mark.tsx";

export function TaskDetails({ task }: { readonly task: TaskView }) {
  const { t } = useTranslation("queue");
  const { t: words } = useTranslation("confinement");
  const { confinement, script } = task;
  const kind = verdictKind(task.verdict);
  return (
    <div className={classes.details}>
      <div className={classes.head}>
        <h3 className={classes.name}>
          <Foreign text={task.taskId ?? task.file} lines={4} />
        </h3>
        {kind === "problem" ? null : <PriorityMark priority={task.priority} />}
      </div>
      <div className={classes.verdict} data-kind={kind}>
        <strong>
          <VerdictMark verdict={task.verdict} />
        </strong>
        <p className={classes.why}>{t(`why.${task.verdict}`)}</p>
        {task.detail === undefined || task.detail === "" ? null : (
          <p className={classes.why}>
            <Foreign text={task.detail} monospace lines={8} />
          </p>
        )}
      </div>
      {confinement === null ? null : <Promises flags={confinement.flags} timeoutSeconds={task.timeoutSeconds} />}
      <Part title={t("drawer.who")}>
        <AuthorFacts author={task.author} />
      </Part>
      <Part
        title={t("drawer.script")}
        note={script === null ? undefined : t("drawer.lines", { count: script.replace(/\n$/, "").split("\n").length })}
        actions={script === null ? undefined : <CopyButton text={script} label={t("drawer.script")} />}
      >
        <p className={classes.note}>{t(script === null ? "drawer.noScript" : "drawer.scriptNote")}</p>
        {script === null ? null : <ScriptText text={script} label={t("drawer.script")} />}
      </Part>
      {task.dependsOn.length === 0 ? null : (
        <Part title={t("drawer.dependsOn")}>
          <p className={classes.note}>{t("drawer.dependsOnNote")}</p>
          <ul className={classes.dependencies}>
            {task.dependsOn.map((id) => (
              <li key={id}>
                <Foreign text={id} monospace />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {task.share === null ? null : (
        <Part title={t("drawer.limits")}>
          <p className={classes.note}>{t("drawer.limitsNote")}</p>
          <ShareFacts share={task.share} resources={task.resources} timeoutSeconds={task.timeoutSeconds} />
        </Part>
      )}
      <Part title={words("title")}>
        {confinement === null ? (
          <p className={classes.note}>
            {t(kind === "problem" ? "drawer.noConfinementInvalid" : "drawer.noConfinement")}
          </p>
        ) : (
          <>
            <p className={classes.note}>{words("lead")}</p>
            <div className={classes.image}>
              <Facts
                facts={[
                  { name: words("image"), value: <Foreign text={confinement.image} monospace /> },
                  {
                    name: words("imageId"),
                    value:
                      confinement.imageId === null ? (
                        words("imageIdUnknown")
                      ) : (
                        <Foreign text={confinement.imageId} monospace />
                      ),
                  },
                ]}
              />
            </div>
            <ConfinementDetails confinement={confinement} order={4} />
          </>
        )}
      </Part>
      <Part
        title={t("drawer.raw")}
        actions={task.text === null ? undefined : <CopyButton text={task.text} label={t("drawer.raw")} />}
      >
        <p className={classes.note}>
          {t("drawer.file")}: <Foreign text={task.file} monospace lines={3} />
        </p>
        {task.text === null ? (
          <p className={classes.note}>{t("drawer.rawNone")}</p>
        ) : (
          <ScriptText text={task.text} label={t("drawer.raw")} />
        )}
      </Part>
    </div>
  );
}
