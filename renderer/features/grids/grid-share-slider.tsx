import { Slider } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GridView } from "../../../shared/contract/views.ts";
import { usePicture } from "../../state/use-picture.ts";
import { percent } from "../../ui/format.ts";
import { useAction } from "../../ui/use-action.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { shareOf } from "./grid-share.ts";
import classes from "./grid-share-slider.module.css";

const WEIGHT_MOST = 10;

/** What part of the machine's time the grid gets; only where there is another to share with. */
export function GridShare({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  const locale = useLocale();
  const grids = usePicture((picture) => picture.grids);
  const update = useAction("grids.update");
  const [weight, setWeight] = useState(grid.weight);
  useEffect(() => setWeight(grid.weight), [grid.weight]);
  if (grids.size < 2) return null;

  const all = [...grids.values()].map((one) => (one.id === grid.id ? { ...one, weight } : one));
  const share = shareOf({ ...grid, weight }, all);
  const words = share === 0 ? t("shareOff") : t("sharePart", { percent: percent(share, locale) });
  return (
    <div className={classes.share}>
      <span className={classes.label} title={t("shareMeans")}>
        {t("share")}
      </span>
      <Slider
        className={classes.slider ?? ""}
        size={6}
        min={1}
        max={Math.max(WEIGHT_MOST, grid.weight)}
        step={1}
        label={null}
        thumbLabel={`${t("share")}: ${t("shareMeans")}`}
        thumbProps={{ "aria-valuetext": words }}
        disabled={!grid.enabled || grid.leaving}
        value={weight}
        onChange={setWeight}
        onChangeEnd={(next) => {
          void update.run({ id: grid.id, weight: next }).then((outcome) => {
            if (!outcome.ok) setWeight(grid.weight);
          });
        }}
      />
      <span className={classes.words}>{words}</span>
    </div>
  );
}
