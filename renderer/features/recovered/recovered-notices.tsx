import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import { usePicture } from "../../state/use-picture.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useFaultWords } from "../../ui/use-fault-words.ts";
import { visible } from "../../ui/visible.ts";
import { dismiss, noticeKey, shownNotices, useDismissed } from "./dismissed.ts";
import classes from "./recovered-notices.module.css";

/** What was damaged at this start and begun anew: what that means, and where the old is kept. */
export function RecoveredNotices() {
  const { t } = useTranslation();
  const recovered = usePicture((picture) => picture.recovered);
  const dismissed = useDismissed(({ keys }) => keys);
  const notices = shownNotices(recovered, dismissed);
  if (notices.length === 0) return null;
  return (
    <section className={classes.list} aria-label={t("recovered.label")}>
      {notices.map((fault) => (
        <Notice key={noticeKey(fault)} fault={fault} />
      ))}
    </section>
  );
}

function Notice({ fault }: { readonly fault: Fault }) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const close = (): void => {
    // The button goes with its notice: the keys go on from the content.
    document.getElementById("content")?.focus({ preventScroll: true });
    dismiss(fault);
  };
  return (
    <FaultAlert
      fault={fault}
      detailLabel={t("recovered.place")}
      action={
        <>
          {fault.detail === "" ? null : <CopyButton text={fault.detail} label={visible(fault.detail)} />}
          <Button
            size="xs"
            variant="default"
            onClick={close}
            aria-label={`${t("recovered.dismiss")}: ${words(fault).meaning}`}
          >
            {t("recovered.dismiss")}
          </Button>
        </>
      }
    />
  );
}
