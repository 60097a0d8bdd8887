import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { SectionCard } from "../settings/section-card.tsx";
import { GridAddressForm } from "./grid-address-form.tsx";

/** The place on the screen where a grid is added; it takes the focus when it opens. */
export function AddGrid({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("grids");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  return (
    <div ref={place}>
      <SectionCard title={t("add")}>
        <GridAddressForm onAdded={onClose} onCancel={onClose} />
      </SectionCard>
    </div>
  );
}
