import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { Facts } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { SectionCard } from "./section-card.tsx";
import classes from "./settings-screen.module.css";

/** What the environment decides instead of the donor. */
export function Environment() {
  const { t } = useTranslation("settings");
  const overrides = usePicture((picture) => picture.settings.overrides);
  if (overrides.length === 0) {
    return (
      <SectionCard title={t("environment")}>
        <p className={classes.quiet}>{t("environmentNone")}</p>
      </SectionCard>
    );
  }
  return (
    <SectionCard title={t("environment")} text={t("environmentMeans")}>
      <Facts
        facts={overrides.map(({ setting, variable }) => ({
          name: setting,
          value: <Foreign text={variable} monospace />,
        }))}
      />
    </SectionCard>
  );
}
