import { success } from "../../../shared/contract/fault.ts";
import { testGrid } from "../test-grid.ts";
import { done, type ApiContext, type HandlersOf } from "./context.ts";

export function gridHandlers({ host, grids }: ApiContext): HandlersOf<"grids"> {
  return {
    "grids.test": async ({ url, token }, { signal, progress }) =>
      success(await testGrid(host, { url, token: token ?? host.secrets.token(url) }, { signal, onCheck: progress })),
    "grids.add": ({ url, token }) => grids.add(url, token),
    "grids.update": ({ id, enabled, weight }) => done(grids.update(id, { enabled, weight })),
    "grids.signIn": ({ id, token }) => done(grids.signIn(id, token)),
    "grids.remove": ({ id }) => done(grids.remove(id)),
    "grids.acceptRewrite": ({ id }) => {
      const found = grids.find(id);
      if (!found.ok) return found;
      host.engine.acceptRewrite(id);
      return success({});
    },
    "grids.demo": async (_input, { signal }) => {
      const made = await host.makeDemoGrid(signal);
      if (!made.ok) return made;
      const known = grids.list().find(({ url }) => url === made.value);
      return known === undefined ? grids.add(made.value, undefined) : success({ id: known.id });
    },
  };
}
