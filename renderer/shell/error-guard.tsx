import { Button } from "@mantine/core";
import { IconBug } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { EmptyState } from "../ui/empty-state.tsx";
import { Foreign } from "../ui/foreign.tsx";
import { Page } from "../ui/page.tsx";

/** Keeps a screen that throws from taking the frame with it; another screen starts afresh. */
export function ErrorGuard({ children }: { readonly children: ReactNode }) {
  const [place] = useLocation();
  return <Guard key={place.split("/")[1] ?? ""}>{children}</Guard>;
}

/** React has error boundaries as classes only. */
class Guard extends Component<{ readonly children: ReactNode }, { readonly error: Error | undefined }> {
  override readonly state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { readonly error: Error }) {
  const { t } = useTranslation();
  return (
    <Page title={t("broken.title")}>
      <EmptyState
        icon={<IconBug />}
        title={t("broken.text")}
        text={<Foreign text={error.message} monospace lines={6} />}
        action={<Button onClick={() => location.reload()}>{t("broken.reload")}</Button>}
      />
    </Page>
  );
}
