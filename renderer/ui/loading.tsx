import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Something is on its way. */
export function Loading({ label }: { readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <Center mih={160} p="xl" aria-busy>
      <Loader size="sm" type="dots" role="status" aria-label={label ?? t("loading")} />
    </Center>
  );
}
