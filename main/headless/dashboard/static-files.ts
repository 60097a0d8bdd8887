import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import sirv from "sirv";
import { text, type Answer } from "./answer.ts";
import { NOT_BUILT } from "./pages.ts";

/**
 * Paths of the interface: no escape and no segment that begins with a dot, so there is nothing that
 * could name a place outside of the folder, whatever the file library makes of it.
 */
const PATH = /^(?:\/[\w@~-][\w.@~-]*)*\/?$/;
/** Files of the build whose name carries a hash of their content. */
const HASHED = /^\/assets\/.+\.\w+$/;

export type StaticFiles = (request: IncomingMessage, response: ServerResponse, path: string) => Answer | undefined;

/**
 * Serves the built interface; an address that names no file is one of its pages. Returns what is to be
 * said where there is nothing to serve.
 */
export function staticFiles(directory: string, onFailure: (error: unknown) => void): StaticFiles {
  const index = join(directory, "index.html");
  // "dev" looks at the disk each time: a build while the worker runs is served as it is by then.
  const serve = sirv(directory, { dev: true, single: true });
  return (request, response, path) => {
    if (!existsSync(index)) return NOT_BUILT;
    if (!PATH.test(path)) return text(404, "There is nothing here.");
    if (HASHED.test(path)) response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    // Nothing here needs parts of a file, and the library takes any range for one.
    delete request.headers.range;
    // The library leaves a file that cannot be read to nobody, and that would end the worker.
    response.once("pipe", (file: Readable) =>
      file.once("error", (error) => {
        onFailure(error);
        response.destroy();
      }),
    );
    let missing = false;
    serve(request, response, () => {
      missing = true;
    });
    return missing ? text(404, "There is nothing here.") : undefined;
  };
}
