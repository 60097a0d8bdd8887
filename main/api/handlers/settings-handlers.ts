import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { Settings } from "../../../shared/settings/settings.ts";
import { done, type ApiContext, type HandlersOf } from "./context.ts";

export function settingsHandlers({ settings, grids }: ApiContext): HandlersOf<"settings"> {
  return {
    "settings.update": (patch) => done(settings.update(patch)),
    "settings.export": () => success({ text: `${JSON.stringify(settings.settings, null, 2)}\n` }),
    "settings.import": ({ text }) => {
      const next = read(text);
      if (!next.ok) return next;
      const before = settings.settings.grids;
      const replaced = settings.replace(next.value);
      grids.replaced(before);
      return done(replaced);
    },
  };
}

function read(text: string): Outcome<Settings> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return failure("request_invalid", "the file is not JSON");
    throw error;
  }
  const parsed = Settings.safeParse(json);
  if (parsed.success) return success(parsed.data);
  const [first] = parsed.error.issues;
  return failure("request_invalid", `${first?.path.join(".") ?? ""}: ${first?.message ?? "not settings"}`);
}
