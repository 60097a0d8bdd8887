import { Alert, Switch } from "@mantine/core";
import { IconShieldExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { SectionCard } from "../settings/section-card.tsx";
import { SectionStateNote } from "../settings/section-state.tsx";
import { useOverride } from "../settings/use-override.ts";
import { useSection } from "../settings/use-section.ts";
import { AllowImage } from "./allow-image.tsx";
import { withDefault } from "./image-list.ts";
import { ImageRow } from "./image-row.tsx";
import classes from "./allowed-images.module.css";

/** The images in which tasks may run on this machine. */
export function AllowedImages() {
  const { t } = useTranslation("grids");
  const { t: limits } = useTranslation("limits");
  const { value: images, state, fault, change } = useSection("images");
  const fixed = {
    default: useOverride("images.default"),
    allowed: useOverride("images.allowed"),
    pull: useOverride("images.pull"),
  };
  // What the environment decides is shown as it is in force, not as it was chosen.
  const inForce = usePicture((picture) => picture.settings.images);
  const shownDefault = fixed.default === undefined ? images.default : inForce.default;
  const shownAllowed = fixed.allowed === undefined ? images.allowed : inForce.allowed;
  const variables = [...new Set(Object.values(fixed).filter((variable) => variable !== undefined))];
  return (
    <SectionCard title={t("images")} side={<SectionStateNote state={state} />}>
      <Alert variant="default" icon={<IconShieldExclamation aria-hidden />} classNames={{ icon: classes.icon ?? "" }}>
        {t("imagesMeans")}
      </Alert>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      {variables.map((variable) => (
        <p key={variable} className={classes.note}>
          {limits("fixedBy", { variable })}
        </p>
      ))}
      <ul className={classes.list}>
        <ImageRow image={shownDefault} isDefault />
        {shownAllowed.map((image) => (
          <ImageRow
            key={image}
            image={image}
            onDefault={fixed.default === undefined ? () => change(withDefault(images, image)) : undefined}
            onRemove={
              fixed.allowed === undefined
                ? () => change({ ...images, allowed: images.allowed.filter((one) => one !== image) })
                : undefined
            }
          />
        ))}
      </ul>
      {fixed.allowed === undefined ? (
        <AllowImage images={images} onAllow={(image) => change({ ...images, allowed: [...images.allowed, image] })} />
      ) : null}
      <Switch
        label={t("pull")}
        description={t("pullMeans")}
        checked={images.pull}
        disabled={fixed.pull !== undefined}
        onChange={(event) => change({ ...images, pull: event.currentTarget.checked })}
      />
    </SectionCard>
  );
}
