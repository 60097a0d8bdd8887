import { useTranslation } from "react-i18next";
import type { GridView } from "../../../shared/contract/views.ts";
import { Foreign } from "../../ui/foreign.tsx";
import classes from "./grid-images.module.css";

/** The images the grid itself allows. */
export function GridImages({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  if (grid.images === null) return <p className={classes.text}>{t("gridImagesAll")}</p>;
  return (
    <>
      <p className={classes.text}>{t("gridImages")}</p>
      <ul className={classes.list}>
        {grid.images.map((image) => (
          <li key={image}>
            <Foreign text={image} monospace />
          </li>
        ))}
      </ul>
    </>
  );
}
