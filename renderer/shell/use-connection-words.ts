import { useTranslation } from "react-i18next";
import { useMirror } from "../state/mirror.ts";
import { useHost } from "../ui/use-host.ts";

export interface ConnectionWords {
  readonly title: string;
  readonly text: string;
}

/** What there is to say of the connection. In a desktop window there is no worker to start and no link to open. */
export function useConnectionWords(): ConnectionWords {
  const { t } = useTranslation();
  const { t: desktop } = useTranslation("desktop");
  const connection = useMirror((mirror) => mirror.connection);
  const inWindow = useHost() === "electron";
  if (inWindow) {
    const words = connection === "connecting" ? "connecting" : "lost";
    return { title: desktop(`${words}.title`), text: desktop(`${words}.text`) };
  }
  const words = connection === "signed_out" ? "signedOut" : connection === "connecting" ? "connecting" : "lost";
  return { title: t(`${words}.title`), text: t(`${words}.text`) };
}
