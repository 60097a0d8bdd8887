import { notifications, type NotificationData } from "@mantine/notifications";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Tells something in passing; its close button has a name. */
export function useTell(): (what: NotificationData) => void {
  const { t } = useTranslation();
  return useCallback(
    (what) => {
      notifications.show({ ...what, closeButtonProps: { "aria-label": t("close") } });
    },
    [t],
  );
}
