import { Button, Title } from "@mantine/core";
import { IconCircleCheck, IconFlask } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { useAction } from "../../ui/use-action.ts";
import { GridAddressForm } from "../grids/grid-address-form.tsx";
import { SectionCard } from "../settings/section-card.tsx";
import classes from "./setup-screen.module.css";

/** Whom to give to: the demo grid with one click, or a grid by its address. */
export function GridStep() {
  const { t } = useTranslation("setup");
  const grids = usePicture((picture) => picture.grids);
  const demo = useAction("grids.demo");
  return (
    <>
      <div>
        <Title order={2}>{t("gridTitle")}</Title>
        <p className={classes.quiet}>{t("gridText")}</p>
      </div>
      {grids.size === 0 ? null : (
        <SectionCard title={t("chosen", { count: grids.size })}>
          <ul className={classes.chosen}>
            {[...grids.values()].map(({ id, name, url }) => (
              <li key={id}>
                <IconCircleCheck size={20} aria-hidden />
                <span>
                  <strong>
                    <Foreign text={name} lines={1} />
                  </strong>{" "}
                  <Foreign text={url} lines={2} dimmed />
                </span>
              </li>
            ))}
          </ul>
        </SectionCard>
      )}
      <div className={classes.ways}>
        <SectionCard title={t("gridDemo")} text={t("gridDemoText")}>
          <div>
            <Button
              variant={grids.size === 0 ? "filled" : "default"}
              leftSection={<IconFlask size={18} aria-hidden />}
              loading={demo.busy}
              onClick={() => void demo.run({})}
            >
              {t("gridDemoDo")}
            </Button>
          </div>
        </SectionCard>
        <SectionCard title={t("gridOwn")} text={t("gridOwnText")}>
          <GridAddressForm onAdded={noMore} />
        </SectionCard>
      </div>
    </>
  );
}

/** The grid shows up among those chosen by itself. */
function noMore(): void {
  document.getElementById("content")?.scrollTo({ top: 0 });
}
