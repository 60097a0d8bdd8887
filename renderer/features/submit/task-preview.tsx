import { Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { visible } from "../../ui/visible.ts";
import classes from "./new-task.module.css";

/** The file as it will be queued. */
export function TaskPreview({ text }: { readonly text: string }) {
  const { t } = useTranslation("submit");
  return (
    <>
      <Title order={2}>{t("preview")}</Title>
      <pre className={classes.preview} tabIndex={0} role="region" aria-label={t("preview")}>
        {visible(text, "\n\t")}
      </pre>
    </>
  );
}
