import { Alert, Button, FileButton, Group } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { useTell } from "../../ui/use-tell.ts";
import { useAction } from "../../ui/use-action.ts";
import { visible } from "../../ui/visible.ts";
import { datedName, saveFile } from "../../ui/save-file.ts";
import { ImportSettings, type ChosenFile } from "./import-settings.tsx";
import { SectionCard } from "./section-card.tsx";
import { changesOf } from "./settings-changes.ts";

/** As many characters as an import may have (contract, `settings.import`). */
const MOST_CHARACTERS = 200_000;

/** Everything the donor decides, out to a file and back. */
export function SettingsFile() {
  const { t } = useTranslation("settings");
  const tell = useTell();
  const current = usePicture((picture) => picture.settings.settings);
  const exporting = useAction("settings.export");
  const [chosen, setChosen] = useState<ChosenFile>();
  const [problem, setProblem] = useState<string>();

  const save = async (): Promise<void> => {
    const outcome = await exporting.run({});
    if (!outcome.ok) return;
    const file = datedName("settings", "json", new Date());
    saveFile(file, "application/json", [outcome.value.text]);
    tell({ color: "teal", message: t("exported", { file }) });
  };
  const read = async (file: File | null): Promise<void> => {
    setProblem(undefined);
    if (file === null) return;
    const name = visible(file.name).slice(0, 100);
    if (file.size > MOST_CHARACTERS) return setProblem(t("importTooLarge", { file: name }));
    const text = await file.text();
    const changes = changesOf(text, current);
    if (changes === undefined) return setProblem(t("importUnreadable", { file: name }));
    setChosen({ name, text, changes });
  };

  return (
    <SectionCard title={t("file")} text={t("fileMeans")}>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={exporting.busy}
          onClick={() => void save()}
        >
          {t("export")}
        </Button>
        <FileButton
          accept="application/json,.json"
          inputProps={{ "aria-label": t("importPick") }}
          onChange={(file) => void read(file)}
          // The same file again is a change as well: it may have been corrected.
          key={chosen === undefined ? "none" : "chosen"}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={18} aria-hidden />}>
              {t("import")}
            </Button>
          )}
        </FileButton>
      </Group>
      {problem === undefined ? null : (
        <Alert color="orange" variant="light" role="status">
          {problem}
        </Alert>
      )}
      <ImportSettings chosen={chosen} onClose={() => setChosen(undefined)} />
    </SectionCard>
  );
}
