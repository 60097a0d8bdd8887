import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PLACES } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";

/** How long runs are kept, and the way to change it. */
export function RetentionNote() {
  const { t } = useTranslation("history");
  const keepDays = usePicture((picture) => picture.settings.settings.history.keepDays);
  return (
    <Text size="sm" c="dimmed" component="span">
      {keepDays === null ? t("keptForever") : t("keptDays", { count: keepDays })}{" "}
      <Anchor
        component={Link}
        href={PLACES.settings}
        size="sm"
        underline="always"
        aria-label={`${t("retention")}: ${t("changeRetention")}`}
      >
        {t("changeRetention")}
      </Anchor>
    </Text>
  );
}
