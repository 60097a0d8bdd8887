import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FaultCode } from "../../../shared/contract/fault.ts";
import type { GridView } from "../../../shared/contract/views.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { AcceptRewrite } from "./accept-rewrite.tsx";
import { SignIn } from "./sign-in.tsx";

/** Faults that another token may mend, where the grid is reached with one. */
const MENDED_BY_TOKEN: readonly FaultCode[] = ["grid_auth_failed", "grid_forbidden", "grid_not_found"];

/** What is wrong with a grid, and its mend where there is one here. */
export function GridFault({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  const [open, setOpen] = useState(false);
  const { fault, kind } = grid;
  if (fault === null) return null;
  if (fault.code === "grid_history_rewritten") {
    return (
      <>
        <FaultAlert
          fault={fault}
          action={
            <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
              {t("rewrite")}
            </Button>
          }
        />
        <AcceptRewrite grid={grid} opened={open} onClose={() => setOpen(false)} />
      </>
    );
  }
  if (!MENDED_BY_TOKEN.includes(fault.code) || (kind !== "https" && kind !== "http"))
    return <FaultAlert fault={fault} />;
  return (
    <FaultAlert
      fault={fault}
      action={
        open ? (
          <SignIn grid={grid} onDone={() => setOpen(false)} />
        ) : (
          <Button size="compact-sm" onClick={() => setOpen(true)}>
            {t("signIn")}
          </Button>
        )
      }
    />
  );
}
