import { useMirror, type Picture } from "./mirror.ts";

/** A part of what the worker last told. Only shown where there is a picture: the shell waits for the first. */
export function usePicture<T>(part: (picture: Picture) => T): T {
  return useMirror((mirror) => {
    if (mirror.picture === undefined) throw new Error("a screen was drawn before the first snapshot");
    return part(mirror.picture);
  });
}
