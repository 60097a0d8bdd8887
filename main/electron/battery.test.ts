import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../../tests/support/temporary-directory.ts";
import { linuxOnBattery } from "./battery.ts";

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>;

function machine(supplies: Supplies): string {
  const folder = temporaryDirectory();
  for (const [name, facts] of Object.entries(supplies)) {
    mkdirSync(join(folder, name));
    for (const [fact, value] of Object.entries(facts)) writeFileSync(join(folder, name, fact), `${value}\n`);
  }
  return folder;
}

const AC = { type: "Mains", online: "1" };
const BATTERY = { type: "Battery", status: "Discharging" };

it.each<[string, Supplies, boolean | undefined]>([
  ["nothing", {}, undefined],
  ["a plug", { AC }, false],
  ["a plug and a battery", { AC, BAT0: { type: "Battery", status: "Charging" } }, false],
  ["a plug that is out", { AC: { ...AC, online: "0" }, BAT0: BATTERY }, true],
  ["a full battery", { BAT0: { type: "Battery", status: "Full" } }, false],
  ["a mouse's battery", { hid: { ...BATTERY, scope: "Device" } }, undefined],
])("a machine with %s", (_what, supplies, onBattery) => {
  const told = linuxOnBattery(machine(supplies));
  expect(told).toBe(process.platform === "linux" ? onBattery : undefined);
});

it("a machine that has no such folder tells nothing", () => {
  expect(linuxOnBattery(join(temporaryDirectory(), "none"))).toBeUndefined();
});
