import type { ReactNode } from "react";
import { Section } from "../../ui/section.tsx";
import classes from "./section-card.module.css";

interface SectionCardProps {
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly text?: ReactNode;
  /** Stands beside the title. */
  readonly side?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen that says what it is about. */
export function SectionCard({ title, text, side, children }: SectionCardProps) {
  return (
    <Section title={title} {...(side !== undefined && { actions: side })}>
      {text === undefined ? null : <p className={classes.text}>{text}</p>}
      <div className={classes.parts}>{children}</div>
    </Section>
  );
}
