import { Button, Tooltip } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../ui/use-action.ts";

/** A local grid with a dozen tasks, in one click. */
export function DemoGridButton() {
  const { t } = useTranslation("grids");
  const demo = useAction("grids.demo", { done: t("added") });
  return (
    <Tooltip label={t("demoMeans")} multiline w={260}>
      <Button
        variant="default"
        leftSection={<IconFlask size={18} aria-hidden />}
        loading={demo.busy}
        onClick={() => void demo.run({})}
      >
        {t("demo")}
      </Button>
    </Tooltip>
  );
}
