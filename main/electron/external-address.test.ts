import { expect, it } from "vitest";
import { externalAddress } from "./external-address.ts";

it.each([
  ["https://github.com/a/b", "https://github.com/a/b"],
  ["HTTPS://GitHub.com", "https://github.com/"],
  ["http://github.com/", undefined],
  ["https://user@github.com/", undefined],
  ["https://user:pass@github.com/", undefined],
  ["file:///etc/passwd", undefined],
  ["javascript:alert(1)", undefined],
  ["smb://server/share", undefined],
  ["ms-settings:", undefined],
  ["https:", undefined],
  ["not an address", undefined],
  [`https://a.example/${"x".repeat(3_000)}`, undefined],
])("%j goes to the browser as %j", (text, address) => {
  expect(externalAddress(text)).toBe(address);
});
