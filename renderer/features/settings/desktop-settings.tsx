import { useState } from "react";
import { DesktopApplication } from "./desktop-application.tsx";
import { Updates } from "./updates.tsx";
import { useSection, type Section } from "./use-section.ts";

/** What the desktop application has to be set beside the engine. Two cards, one section: they change it together. */
export function DesktopSettings() {
  const section = useSection("desktop");
  const [touched, setTouched] = useState<"application" | "updates">("application");
  // Whether a change is in force is said on the card where it was made.
  const on = (card: "application" | "updates"): Section<"desktop"> => ({
    value: section.value,
    state: touched === card ? section.state : "idle",
    fault: touched === card ? section.fault : undefined,
    change: (next) => {
      setTouched(card);
      section.change(next);
    },
  });
  return (
    <>
      <DesktopApplication section={on("application")} />
      <Updates section={on("updates")} />
    </>
  );
}
