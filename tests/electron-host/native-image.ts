/** `nativeImage`: pictures as files of PNG, which is all that a tray and a window take from the application. */
import { existsSync, readFileSync } from "node:fs";
import { HostObject } from "./unimplemented.ts";

type Implemented =
  | "isEmpty"
  | "getSize"
  | "setTemplateImage"
  | "isTemplateImage"
  | "isMacTemplateImage"
  | "addRepresentation"
  | "toPNG"
  | "toDataURL"
  | "getScaleFactors";

const PNG = Buffer.from("89504e470d0a1a0a", "hex");

export class NativeImage extends HostObject implements Pick<Electron.NativeImage, Implemented> {
  /** Throws where there is no such file or it is no PNG: Electron would show nothing, and nobody would notice. */
  static createFromPath(path: string): NativeImage {
    if (!existsSync(path)) throw new Error(`no such image: ${path}`);
    const image = NativeImage.createFromBuffer(readFileSync(path));
    if (image.isEmpty()) throw new Error(`not a PNG: ${path}`);
    image.path = path;
    return image;
  }
  static createFromBuffer(buffer: Buffer): NativeImage {
    return new NativeImage(buffer.subarray(0, 8).equals(PNG) ? buffer : Buffer.alloc(0));
  }
  static createFromDataURL(dataUrl: string): NativeImage {
    return NativeImage.createFromBuffer(Buffer.from(dataUrl.replace(/^data:[^,]*,/, ""), "base64"));
  }
  static createEmpty(): NativeImage {
    return new NativeImage(Buffer.alloc(0));
  }

  /** The file it was read from, for a test to look at. */
  path: string | undefined;
  isMacTemplateImage = false;
  readonly #png: Buffer;
  readonly #factors = new Set([1]);

  constructor(png: Buffer) {
    super();
    this.#png = png;
  }
  isEmpty(): boolean {
    return this.#png.length === 0;
  }
  getSize(): Electron.Size {
    // The header of a PNG has the size at a fixed place.
    return this.isEmpty()
      ? { width: 0, height: 0 }
      : { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }
  setTemplateImage(option: boolean): void {
    this.isMacTemplateImage = option;
  }
  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }
  addRepresentation({ scaleFactor = 1 }: Electron.AddRepresentationOptions): void {
    this.#factors.add(scaleFactor);
  }
  getScaleFactors(): number[] {
    return [...this.#factors];
  }
  toPNG(): Buffer {
    return this.#png;
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString("base64")}`;
  }
}
