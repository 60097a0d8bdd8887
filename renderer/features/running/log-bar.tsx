import { ActionIcon, Button, Switch, TextInput, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconDownload, IconSearch } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { plainText } from "./ansi-spans.ts";
import classes from "./log-bar.module.css";
import type { LogWindow } from "./log-window.ts";
import type { LogSearch } from "./use-log-search.ts";

export interface LogBarProps {
  readonly log: LogWindow;
  readonly taskId: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly search: LogSearch;
  readonly held: boolean;
  readonly onHeld: (held: boolean) => void;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
  readonly wrap: boolean;
  readonly onWrap: (wrap: boolean) => void;
}

/** What can be done with the output. */
export function LogBar(props: LogBarProps) {
  const { log, taskId, held, onHeld, follow, onFollow, wrap, onWrap } = props;
  const { t } = useTranslation("running");
  const shown = (): string => joined(log);
  const fileName = `${taskId.replaceAll(/[^\w-]/g, "_").slice(0, 64)}.log`;
  return (
    <div className={classes.bar}>
      <Search {...props} />
      <div className={classes.actions}>
        <Tooltip label={t("log.followHint")}>
          <div>
            <Switch
              size="sm"
              label={t("log.follow")}
              checked={follow && !held}
              disabled={held}
              onChange={(event) => onFollow(event.currentTarget.checked)}
            />
          </div>
        </Tooltip>
        <Switch
          size="sm"
          label={t("log.wrap")}
          checked={wrap}
          onChange={(event) => onWrap(event.currentTarget.checked)}
        />
        <Button size="xs" variant={held ? "filled" : "default"} onClick={() => onHeld(!held)}>
          {t(held ? "log.resume" : "log.pause")}
        </Button>
        <CopyButton text={shown} label={t("log.copy")} />
        <Tooltip label={t("log.downloadHint")}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => saveFile(fileName, "text/plain;charset=utf-8", [shown()])}
          >
            {t("log.download")}
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}

function Search({ text, onText, search }: LogBarProps) {
  const { t } = useTranslation("running");
  const { hits, position, step, wanted } = search;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  return (
    <div className={classes.search} role="search">
      <TextInput
        size="xs"
        className={classes.field ?? ""}
        type="search"
        aria-label={t("log.search")}
        placeholder={t("log.search")}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t("log.previous")}
        disabled={hits.length === 0}
        onClick={() => step(-1)}
      >
        <IconChevronUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t("log.next")}
        disabled={hits.length === 0}
        onClick={() => step(1)}
      >
        <IconChevronDown size={16} aria-hidden />
      </ActionIcon>
      <span className={classes.matches} role="status">
        {wanted === ""
          ? ""
          : hits.length === 0
            ? t("log.noMatch")
            : t("log.matches", { at: position, count: hits.length })}
      </span>
    </div>
  );
}

/** What the window holds, as people read it; a line that was split is one again. */
function joined(log: LogWindow): string {
  let text = "";
  for (const line of log.lines()) text += `${line.continued || text === "" ? "" : "\n"}${plainText(line.text)}`;
  return `${text}\n`;
}
