import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { App } from "./app.tsx";
import { startTexts } from "./i18n/i18n.ts";
import { keepConnected } from "./state/session.ts";
import { transportOf } from "./transport/transport.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no #root");

void keepConnected(transportOf(window));
const texts = await startTexts("system");
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={texts}>
      <App />
    </I18nextProvider>
  </StrictMode>,
);
