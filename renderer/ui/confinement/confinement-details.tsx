import { Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconPoint } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ConfinementView, Flag } from "../../../shared/contract/views.ts";
import { Foreign } from "../foreign.tsx";
import { explained, GROUPS, together, type ExplainedFlag } from "./known-flags.ts";
import classes from "./confinement-details.module.css";

export interface ConfinementDetailsProps {
  readonly confinement: ConfinementView;
  /** The groups' heading level. */
  readonly order?: 3 | 4;
}

/** Every flag the engine is told, by what it is about: a sentence where there is one, and always the raw value. */
export function ConfinementDetails({ confinement, order = 3 }: ConfinementDetailsProps) {
  const { t } = useTranslation("confinement");
  const flags = useMemo(() => confinement.flags.map(explained), [confinement.flags]);
  return (
    <div className={classes.groups}>
      {GROUPS.map((group) => {
        const inGroup = flags.filter((flag) => flag.group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group} className={classes.group}>
            <Title order={order} size="h3">
              {t(`group.${group}`)}
            </Title>
            <p className={classes.why}>{t(`groupWhy.${group}`)}</p>
            <dl className={classes.flags}>
              {together(inGroup).map((parts) => (
                <FlagRow key={parts.map(({ flag }) => flag.name).join(" ")} parts={parts} />
              ))}
            </dl>
          </div>
        );
      })}
    </div>
  );
}

function FlagRow({ parts }: { readonly parts: readonly ExplainedFlag[] }) {
  const { t } = useTranslation("confinement");
  const [first] = parts;
  if (first === undefined) return null;
  const { flag, known, usual } = first;
  const Symbol = known === undefined ? IconPoint : usual ? IconCheck : IconAlertTriangle;
  return (
    <div className={classes.flag} data-usual={usual} data-known={known !== undefined}>
      <Symbol size={18} aria-hidden className={classes.mark} />
      <dt className={classes.sentence}>
        {known === undefined ? <Foreign text={flag.name} monospace /> : usual ? t(`flag.${known}`) : t("unexpected")}
      </dt>
      {parts.map((part) => (
        <dd key={part.flag.name} className={classes.raw}>
          {known === undefined ? null : (
            <span className={classes.name}>
              <Foreign text={part.flag.name.replace(/^HostConfig\./, "")} monospace />
            </span>
          )}
          <Value flag={part.flag} />
        </dd>
      ))}
    </div>
  );
}

function Value({ flag }: { readonly flag: Flag }) {
  const { t } = useTranslation("confinement");
  if (flag.value === "" || flag.value === '""') return <span className={classes.nothing}>{t("nothing")}</span>;
  return <Foreign text={flag.value} monospace />;
}
