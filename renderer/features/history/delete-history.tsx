import { Button, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryFilter } from "../../../shared/contract/methods.ts";
import { call } from "../../state/session.ts";
import { decimal } from "../../ui/format.ts";
import { useAction } from "../../ui/use-action.ts";
import { useTell } from "../../ui/use-tell.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { Confirm } from "../settings/confirm.tsx";
import { OUTCOMES } from "./history-filter.ts";

interface DeleteHistoryProps {
  readonly filter: HistoryFilter;
  readonly filtered: boolean;
  readonly disabled: boolean;
}

/** Deletes what the filters leave, after naming how much that is. */
export function DeleteHistory({ filter, filtered, disabled }: DeleteHistoryProps) {
  const { t } = useTranslation("history");
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  const count = useDeletable(filter, opened);
  const remove = useAction("history.delete");
  const tell = useTell();
  const number = decimal(count ?? 0, locale, 0);

  const confirm = async (): Promise<void> => {
    const outcome = await remove.run({ filter });
    if (!outcome.ok) return;
    setOpened(false);
    const { deleted } = outcome.value;
    tell({
      color: "teal",
      message: t("deleted", { count: deleted, number: decimal(deleted, locale, 0) }),
    });
  };

  return (
    <>
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<IconTrash size={18} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t("delete")}
      </Button>
      <Confirm
        opened={opened}
        title={t("deleteTitle")}
        action={t("deleteNow", { count: count ?? 0, number })}
        busy={remove.busy || count === undefined}
        onConfirm={() => void confirm()}
        onClose={() => setOpened(false)}
      >
        <Text role="status">
          {count === undefined ? t("counting") : t(filtered ? "deleteText" : "deleteAllText", { count, number })}
        </Text>
        <Text size="sm" c="dimmed">
          {t("deleteStays")}
        </Text>
      </Confirm>
    </>
  );
}

/** How many runs a deletion would take, those under way left out; undefined while it is being counted. */
function useDeletable(filter: HistoryFilter, asking: boolean): number | undefined {
  const [count, setCount] = useState<number>();
  useEffect(() => {
    if (!asking) return undefined;
    setCount(undefined);
    const outcomes = (filter.outcomes ?? OUTCOMES).filter((outcome) => outcome !== "open");
    if (outcomes.length === 0) return setCount(0);
    const abort = new AbortController();
    const over = {
      filter: { ...filter, outcomes },
      sort: { by: "claimed" as const, descending: true },
      offset: 0,
      limit: 1,
    };
    void call("history.page", over, { signal: abort.signal }).then((outcome) => {
      if (outcome.ok) setCount(outcome.value.total);
    });
    return () => abort.abort();
  }, [filter, asking]);
  return count;
}
