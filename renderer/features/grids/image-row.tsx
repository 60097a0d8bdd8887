import { ActionIcon, Badge, Button, Loader } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ImageView } from "../../../shared/contract/views.ts";
import { usePicture } from "../../state/use-picture.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { useFaultWords } from "../../ui/use-fault-words.ts";
import classes from "./allowed-images.module.css";

interface ImageRowProps {
  readonly image: string;
  readonly isDefault?: boolean;
  readonly onDefault?: (() => void) | undefined;
  readonly onRemove?: (() => void) | undefined;
}

/** One allowed image, and whether it is on this machine. */
export function ImageRow({ image, isDefault = false, onDefault, onRemove }: ImageRowProps) {
  const { t } = useTranslation("grids");
  const words = useFaultWords();
  const known = usePicture((picture) => picture.engine.images.find((one) => one.image === image));
  const state = known?.state ?? "unknown";
  const fault = known?.fault ?? null;
  return (
    <li className={classes.image}>
      <div className={classes.name}>
        <Foreign text={image} monospace />
        {isDefault ? (
          <Badge variant="light" radius="sm" tt="none" title={t("imageDefaultMeans")}>
            {t("imageDefault")}
          </Badge>
        ) : null}
      </div>
      <span className={classes.state} data-state={state}>
        <StateIcon state={state} /> {t(`imageState.${state}`)}
      </span>
      <span className={classes.actions}>
        {onDefault === undefined ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`${t("imageMakeDefault")}: ${image}`}
            onClick={onDefault}
          >
            {t("imageMakeDefault")}
          </Button>
        )}
        {onRemove === undefined ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("imageRemove", { image })}
            title={t("imageRemove", { image })}
            onClick={onRemove}
          >
            <IconX size={18} />
          </ActionIcon>
        )}
      </span>
      {fault === null ? null : (
        <span className={classes.fault}>
          {words(fault).meaning} {words(fault).next} <Foreign text={fault.detail} dimmed />
        </span>
      )}
    </li>
  );
}

function StateIcon({ state }: { readonly state: ImageView["state"] }) {
  switch (state) {
    case "unknown":
      return <IconCircleDashed size={18} aria-hidden />;
    case "asking":
      return <Loader size={16} aria-hidden />;
    case "ready":
      return <IconCircleCheck size={18} aria-hidden />;
    case "missing":
      return <IconAlertTriangle size={18} aria-hidden />;
  }
}
