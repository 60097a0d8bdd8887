import { Title } from "@mantine/core";
import { useMirror } from "../state/mirror.ts";
import { Loading } from "../ui/loading.tsx";
import { BrandMark } from "../ui/brand-mark.tsx";
import { useConnectionWords } from "./use-connection-words.ts";
import classes from "./connecting.module.css";

/** Before the first snapshot: there is nothing to show yet, and this says why. */
export function Connecting() {
  const { title, text } = useConnectionWords();
  const signedOut = useMirror((mirror) => mirror.connection === "signed_out");
  return (
    <main className={classes.connecting}>
      <BrandMark size={56} />
      <Title order={1} size="h2">
        {title}
      </Title>
      <p className={classes.text}>{text}</p>
      {signedOut ? null : <Loading label={title} />}
    </main>
  );
}
