import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { pastRunPath } from "../../routes.ts";
import { EmptyState } from "../../ui/empty-state.tsx";

/** The run that was watched has ended: the way to what is left of it. */
export function RunOver({ claimId }: { readonly claimId: string }) {
  const { t } = useTranslation("running");
  return (
    <EmptyState
      icon={<IconHistory />}
      title={t("over.title")}
      text={t("over.text")}
      action={
        <Button component={Link} href={pastRunPath(claimId)}>
          {t("over.action")}
        </Button>
      }
    />
  );
}
