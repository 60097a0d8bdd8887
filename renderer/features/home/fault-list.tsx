import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Fault } from "../../../shared/contract/fault.ts";
import { PLACES } from "../../routes.ts";
import type { Picture } from "../../state/mirror.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import classes from "./fault-list.module.css";

interface Known {
  readonly fault: Fault;
  readonly subject?: string;
  readonly mend: "grid" | "health";
}

/** Everything that is wrong now, each with the way to its mend. */
export function FaultList() {
  const { t } = useTranslation("home");
  const status = usePicture((picture) => picture.status);
  const engine = usePicture((picture) => picture.engine);
  const grids = usePicture((picture) => picture.grids);
  const faults = useMemo(() => known({ status, engine, grids }), [status, engine, grids]);
  if (faults.length === 0) return null;
  return (
    <section className={classes.list} aria-label={t("faults")}>
      {faults.map(({ fault, subject, mend }) => (
        <FaultAlert
          key={`${fault.code} ${fault.detail} ${subject ?? ""}`}
          fault={fault}
          {...(subject === undefined ? {} : { subject })}
          action={
            <Button
              component={Link}
              href={mend === "grid" ? PLACES.grids : PLACES.settings}
              size="xs"
              variant="default"
            >
              {t(`mend.${mend}`)}
            </Button>
          }
        />
      ))}
    </section>
  );
}

/** The same fault is told once, wherever it shows. */
function known({ status, engine, grids }: Pick<Picture, "status" | "engine" | "grids">): readonly Known[] {
  const all: Known[] = [];
  if (engine.fault !== null) all.push({ fault: engine.fault, mend: "health" });
  for (const grid of grids.values()) {
    if (grid.enabled && grid.fault !== null) all.push({ fault: grid.fault, subject: grid.name, mend: "grid" });
  }
  for (const { image, fault } of engine.images) {
    if (fault !== null) all.push({ fault, subject: image, mend: "health" });
  }
  const told = all.some(({ fault }) => fault.code === status.fault?.code);
  if (status.fault !== null && !told) {
    all.unshift({ fault: status.fault, mend: status.fault.code.startsWith("grid_") ? "grid" : "health" });
  }
  return all;
}
