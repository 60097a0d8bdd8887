import { useTranslation } from "react-i18next";
import type { AuthorView } from "../../../shared/contract/views.ts";
import { Facts } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { When } from "../../ui/when.tsx";
import classes from "./task-details.module.css";

/** Who committed the task, as far as a commit can say. */
export function AuthorFacts({ author }: { readonly author: AuthorView | null }) {
  const { t } = useTranslation("queue");
  if (author === null) return <p className={classes.note}>{t("drawer.whoUnknown")}</p>;
  return (
    <>
      <Facts
        facts={[
          { name: t("drawer.name"), value: <Foreign text={author.name} lines={3} /> },
          { name: t("drawer.email"), value: <Foreign text={author.email} lines={3} /> },
          { name: t("drawer.subject"), value: <Foreign text={author.subject} lines={4} /> },
          { name: t("drawer.when"), value: <When atMs={author.atMs} /> },
          { name: t("drawer.commit"), value: <Foreign text={author.commit} monospace /> },
        ]}
      />
      <p className={classes.why}>
        <small>{t("drawer.whoNote")}</small>
      </p>
    </>
  );
}
