import { Button } from "@mantine/core";
import { IconExternalLink, IconGitPullRequest } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { GridView } from "../../../shared/contract/views.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useHost } from "../../ui/use-host.ts";
import { proposalFor } from "./github-proposal.ts";
import classes from "./new-task.module.css";

interface ProposingProps {
  readonly grid: GridView;
  readonly taskId: string;
  readonly text: string;
  /** Of the last try to submit. */
  readonly fault: Fault | undefined;
  /** Whether a worker would take the task: nothing else is worth a proposal. */
  readonly ready: boolean;
}

const MAY_NOT_WRITE: readonly string[] = ["grid_auth_failed", "grid_forbidden", "grid_push_refused"];

/** For grids on GitHub to which the donor may not write: a pull request made there. */
export function Proposing({ grid, taskId, text, fault, ready }: ProposingProps) {
  const { t } = useTranslation("submit");
  const host = useHost();
  const refused = [fault, grid.fault].some((one) => one != null && MAY_NOT_WRITE.includes(one.code));
  if (grid.hasToken && !refused) return null;
  const proposal = proposalFor(grid.url, taskId, text, host);
  if (proposal === undefined) return null;
  return (
    <div className={classes.propose}>
      <strong>{t("proposeTitle")}</strong>
      <p>{t(proposal.filled ? "proposeText" : "proposeLong")}</p>
      {proposal.filled ? null : <CopyButton text={text} label={t("text")} />}
      {ready ? (
        <Button
          component="a"
          href={proposal.url}
          target="_blank"
          rel="noreferrer"
          variant={refused ? "filled" : "default"}
          leftSection={<IconGitPullRequest size={18} aria-hidden />}
          rightSection={
            <IconExternalLink size={16} aria-label={t(host === "electron" ? "opensBrowser" : "opensTab")} />
          }
        >
          {t("propose")}
        </Button>
      ) : (
        <Button variant="default" disabled leftSection={<IconGitPullRequest size={18} aria-hidden />}>
          {t("propose")}
        </Button>
      )}
    </div>
  );
}
