import { expect, it } from "vitest";
import { mirrorOf } from "./debian-mirror.ts";

it("takes the main archive's address, not that of security, updates or a third party", () => {
  const targets = [
    "stable main https://packages.example/linux/",
    "bookworm-security main http://mirror.example/debian-security/",
    "bookworm-updates main http://mirror.example/debian/",
    "bookworm contrib http://mirror.example/debian/",
    "bookworm main http://mirror.example/debian/",
  ];
  expect(mirrorOf(targets.join("\n"))).toBe("http://mirror.example/debian");
});

it.each(["", "nonsense", "bookworm main cdrom://disc/debian/", "bookworm main file:/srv/other"])(
  "knows no mirror in %j",
  (text) => {
    expect(mirrorOf(text)).toBeUndefined();
  },
);
