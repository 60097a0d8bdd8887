import { Button, Group, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Images } from "../../../shared/settings/settings.ts";
import { problemOf, type ImageProblem } from "./image-list.ts";

interface AllowImageProps {
  readonly images: Images;
  readonly onAllow: (image: string) => void;
}

/** Names another image to trust. */
export function AllowImage({ images, onAllow }: AllowImageProps) {
  const { t } = useTranslation("grids");
  const [image, setImage] = useState("");
  const [problem, setProblem] = useState<ImageProblem>();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wrong = problemOf(image.trim(), images);
    setProblem(wrong);
    if (wrong !== undefined) return;
    onAllow(image.trim());
    setImage("");
  };
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-start">
        <TextInput
          flex="1 1 14rem"
          maw={420}
          aria-label={t("imageAdd")}
          placeholder={t("imageHint")}
          value={image}
          error={problem === undefined ? undefined : t(problem)}
          maxLength={255}
          spellCheck={false}
          onChange={(event) => {
            setImage(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" variant="default" disabled={image.trim() === ""}>
          {t("imageAddDo")}
        </Button>
      </Group>
    </form>
  );
}
