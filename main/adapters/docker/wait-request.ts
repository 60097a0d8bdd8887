import type { Engine } from "./engine.ts";

const ANSWER_MAX_CHARACTERS = 64 * 1024;

/**
 * Waits until a container does not run, and returns the engine's answer.
 *
 * Why not dockerode's own `wait`: the engine answers in two parts, the second one when the
 * container has ended, and where the connection is cut between them dockerode never settles.
 * Reading the answer as a stream does.
 */
export async function waitRequest(engine: Engine, id: string, abortSignal: AbortSignal): Promise<unknown> {
  const opened = Promise.withResolvers<NodeJS.ReadableStream>();
  engine.docker.modem.dial(
    {
      path: `/containers/${id}/wait`,
      method: "POST",
      isStream: true,
      statusCodes: { 200: true, 404: "no such container", 500: "server error" },
      abortSignal,
      options: {},
    },
    (error, answer) => {
      if (error === null) opened.resolve(answer as NodeJS.ReadableStream);
      else opened.reject(error);
    },
  );
  let text = "";
  for await (const chunk of await opened.promise) {
    text += String(chunk);
    if (text.length > ANSWER_MAX_CHARACTERS) throw new RangeError("the engine's answer is too long");
  }
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}
