import { Title, VisuallyHidden } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { showTitle } from "./document-title.ts";
import classes from "./page.module.css";

export interface PageProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  /** What can be done here: stands beside the title. */
  readonly actions?: ReactNode;
  /** Fills the window's height, for screens whose parts scroll by themselves. */
  readonly fill?: boolean;
  /** For a screen whose first words say it already: the heading is for those who listen. */
  readonly hiddenTitle?: boolean;
  readonly children: ReactNode;
}

/** A screen with its heading; names the window after itself. */
export function Page({ title, lead, actions, fill = false, hiddenTitle = false, children }: PageProps) {
  useEffect(() => showTitle({ page: title }), [title]);
  return (
    <div className={fill ? `${classes.page} ${classes.fill}` : classes.page}>
      {hiddenTitle ? (
        <VisuallyHidden>
          <h1>{title}</h1>
        </VisuallyHidden>
      ) : (
        <div className={classes.head}>
          <div className={classes.words}>
            <Title order={1}>{title}</Title>
            {lead === undefined ? null : <p className={classes.lead}>{lead}</p>}
          </div>
          {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </div>
  );
}
