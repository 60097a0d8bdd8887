import { Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMirror } from "../state/mirror.ts";
import { Loading } from "../ui/loading.tsx";
import { BrandMark } from "../ui/brand-mark.tsx";
import classes from "./connecting.module.css";

/** Before the first snapshot: there is nothing to show yet, and this says why. */
export function Connecting() {
  const { t } = useTranslation();
  const connection = useMirror((mirror) => mirror.connection);
  const words = connection === "signed_out" ? "signedOut" : connection === "lost" ? "lost" : "connecting";
  return (
    <main className={classes.connecting}>
      <BrandMark size={56} />
      <Title order={1} size="h2">
        {t(`${words}.title`)}
      </Title>
      <p className={classes.text}>{t(`${words}.text`)}</p>
      {connection === "signed_out" ? null : <Loading label={t("connecting.title")} />}
    </main>
  );
}
