import { Button, Group, Progress, Switch } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { UpdateView } from "../../../shared/contract/views.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { percent } from "../../ui/format.ts";
import { useAction } from "../../ui/use-action.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { InstallUpdate } from "./install-update.tsx";
import { ReleaseNotes } from "./release-notes.tsx";
import { SectionCard } from "./section-card.tsx";
import { SectionStateNote } from "./section-state.tsx";
import { mayCheck, updateWords } from "./update-words.ts";
import type { Section } from "./use-section.ts";
import classes from "./updates.module.css";

interface SectionProps {
  readonly section: Section<"desktop">;
}

/** New versions: whether they are wanted, what is known of one, and its installation. */
export function Updates({ section }: SectionProps) {
  const { t } = useTranslation("desktop");
  const { value, state, fault, change } = section;
  const version = usePicture((picture) => picture.machine.version);
  const update = usePicture((picture) => picture.desktop?.update);
  const checking = useAction("updates.check");
  return (
    <SectionCard title={t("updates.title")} side={<SectionStateNote state={state} />}>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <Switch
        label={t("updates.wanted")}
        description={t("updates.wantedMeans")}
        checked={value.updates}
        onChange={(event) => change({ ...value, updates: event.currentTarget.checked })}
      />
      <div className={classes.state}>
        <p role="status">
          {t("updates.now", { version })}{" "}
          {update === undefined || update.fault !== null
            ? null
            : t(`updates.state.${updateWords(update, value.updates)}`)}
        </p>
        {update?.state === "fetching" ? <Fetched progress={update.progress} /> : null}
      </div>
      {update === undefined || update.fault === null ? null : <FaultAlert fault={update.fault} />}
      {update === undefined || update.version === null ? null : (
        <ReleaseNotes version={update.version} notes={update.notes} />
      )}
      {update?.state === "ready" ? <InstallUpdate /> : null}
      {update === undefined || update.state === "ready" ? null : (
        <Group>
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={checking.busy || update.state === "checking"}
            disabled={!mayCheck(update.state)}
            onClick={() => void checking.run({})}
          >
            {t("updates.check")}
          </Button>
        </Group>
      )}
    </SectionCard>
  );
}

function Fetched({ progress }: Pick<UpdateView, "progress">) {
  const { t } = useTranslation("desktop");
  const locale = useLocale();
  const share = Math.min(1, Math.max(0, progress ?? 0));
  return (
    <div className={classes.progress}>
      <Progress.Root size="md">
        <Progress.Section
          value={share * 100}
          aria-label={t("updates.progress")}
          aria-valuetext={percent(share, locale)}
          animated
        />
      </Progress.Root>
      <span aria-hidden>{percent(share, locale)}</span>
    </div>
  );
}
