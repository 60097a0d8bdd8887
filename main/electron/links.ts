import { shell } from "electron";
import type { Texts } from "../../shared/texts/texts.ts";
import type { Log } from "../engine/ports.ts";
import { ask } from "./ask.ts";
import { externalAddress } from "./external-address.ts";

let asking = false;

/** Opens an https address in the system's browser, after the donor has seen it whole; anything else is refused. */
export async function openLink(
  url: string,
  { log, texts }: { readonly log: Log; readonly texts: () => Texts },
): Promise<void> {
  const address = externalAddress(url);
  if (address === undefined) {
    log.warn({ url: url.slice(0, 200) }, "a page tried to open an address that is not https");
    return;
  }
  // One question at a time: a page must not bury the donor in them.
  if (asking) return;
  asking = true;
  const { linkAsk } = texts().desktop;
  // Enter alone opens nothing.
  const response = await ask({
    type: "question",
    message: linkAsk.message,
    detail: address,
    buttons: [linkAsk.open, linkAsk.cancel],
    usual: 1,
  }).finally(() => (asking = false));
  if (response !== 0) return;
  try {
    await shell.openExternal(address);
  } catch (error) {
    log.warn({ error: String(error) }, "the system's browser could not be opened");
    await ask({ type: "error", message: linkAsk.failed, detail: address, buttons: [linkAsk.close] });
  }
}
