/** What the server says in words. No sentence tells what of a request was wrong: it might be a guess. */
import { page, type Answer } from "./answer.ts";

export const NO_TOKEN: Answer = page(
  401,
  "This page opens with the worker's link",
  "<p>Open the link that the worker printed when it started. It ends with a token, and each start prints a new one " +
    "unless you chose the token yourself.</p>",
);

/** Where a link on another page leads: the person may go on, and nothing was done by having come here. */
export const LED_HERE: Answer = page(
  403,
  "Another page led here",
  '<p>If that is what you wanted: <a href="/">open the dashboard</a>.</p>',
);

export const NOT_BUILT: Answer = page(
  503,
  "The dashboard is not built",
  "<p>Run <code>npm run build</code> in the worker's folder, then reload this page.</p>",
);

/**
 * The cookie's first page where another site led here: a redirect would still count as that site's
 * request, and a same-site cookie would stay away from it. A step that this page takes itself does not.
 */
export function stepInside(setCookie: string): Answer {
  return page(
    200,
    "Opening the dashboard",
    '<meta http-equiv="refresh" content="0; url=/">\n<p><a href="/">Open the dashboard</a></p>',
    { "Set-Cookie": setCookie },
  );
}
