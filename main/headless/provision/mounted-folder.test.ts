import { expect, it } from "vitest";
import { mountPointsBelow } from "./mounted-folder.ts";

const MOUNTINFO = [
  "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
  "40 22 0:30 / /tmp/a/root rw - tmpfs tmpfs rw",
  "41 40 0:31 / /tmp/a/root/proc rw - proc proc rw",
  "42 22 0:32 / /tmp/ab rw - tmpfs tmpfs rw",
  "43 22 0:33 / /tmp/a/with\\040space rw - tmpfs tmpfs rw",
  "",
].join("\n");

it("names what is mounted in a folder, the last mounted first, and nothing beside it", () => {
  expect(mountPointsBelow("/tmp/a", MOUNTINFO)).toEqual(["/tmp/a/with space", "/tmp/a/root/proc", "/tmp/a/root"]);
});
