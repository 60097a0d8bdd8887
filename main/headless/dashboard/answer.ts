import { STATUS_CODES, type OutgoingHttpHeaders } from "node:http";
import { SECURITY_HEADERS } from "../../worker/security-headers.ts";

/** A whole answer, made before anything is written: over HTTP and in place of a WebSocket alike. */
export interface Answer {
  readonly status: number;
  readonly type: "text/plain" | "text/html" | "application/json";
  readonly body: string;
  readonly headers?: OutgoingHttpHeaders;
}

export function text(status: number, sentence: string, headers?: OutgoingHttpHeaders): Answer {
  return { status, type: "text/plain", body: `${sentence}\n`, ...(headers === undefined ? {} : { headers }) };
}

export function json(value: unknown): Answer {
  return { status: 200, type: "application/json", body: `${JSON.stringify(value)}\n` };
}

/** A page without scripts. Title and body are this program's own words: nothing of the request is in them. */
export function page(status: number, title: string, body: string, headers?: OutgoingHttpHeaders): Answer {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>${title}</h1>
${body}
</body>
</html>
`;
  return { status, type: "text/html", body: html, ...(headers === undefined ? {} : { headers }) };
}

export function headersOf(answer: Answer): OutgoingHttpHeaders {
  return {
    ...SECURITY_HEADERS,
    "Content-Type": `${answer.type}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(answer.body),
    ...answer.headers,
  };
}

/** The answer as it goes over a socket that Node has no response for; the connection ends with it. */
export function rawAnswer(answer: Answer): string {
  const headers = Object.entries({ ...headersOf(answer), Connection: "close" });
  const lines = headers.map(([name, value]) => `${name}: ${String(value)}`);
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}\r\n${lines.join("\r\n")}\r\n\r\n${answer.body}`;
}
