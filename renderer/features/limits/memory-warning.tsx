import { Alert, Button, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { bytes, decimal } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { leastMemoryBytes, MEBIBYTE, tasksThatFit } from "./limit-rules.ts";
import type { LimitsInHand } from "./use-limits.ts";

/** Says that no task would start with so little memory for each, and mends it with a click. */
export function MemoryWarning({ limits }: { readonly limits: LimitsInHand }) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const { inForce, machine, set } = limits;
  const least = leastMemoryBytes(inForce.tmpBytes, inForce.parallel);
  if (inForce.memoryBytes >= least) return null;
  const fitting = tasksThatFit(inForce);
  const rounded = Math.ceil(least / (64 * MEBIBYTE)) * 64 * MEBIBYTE;
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
      {t("tooLittle", {
        tasks: decimal(inForce.parallel, locale, 0),
        least: bytes(least, locale),
        tmp: bytes(inForce.tmpBytes, locale),
        memory: bytes(inForce.memoryBytes, locale),
      })}
      <Group gap="xs" mt="xs">
        {rounded > machine.memoryBytes ? null : (
          <Button size="compact-sm" variant="default" onClick={() => set("memoryBytes", rounded)}>
            {t("giveMemory", { least: bytes(rounded, locale) })}
          </Button>
        )}
        {fitting < inForce.parallel ? (
          <Button size="compact-sm" variant="default" onClick={() => set("parallel", fitting)}>
            {t("fewerTasks", { count: fitting })}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
