import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PLACES } from "../routes.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("notFound.title")}>
      <EmptyState
        icon={<IconMapQuestion />}
        title={t("notFound.text")}
        action={
          <Button component={Link} href={PLACES.home} variant="light">
            {t("notFound.home")}
          </Button>
        }
      />
    </Page>
  );
}
