import { inflateSync } from "node:zlib";

/** A picture as pixels: four bytes each (red, green, blue, alpha), row by row from the top. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Reads what a browser writes: eight bits a channel, not interlaced, with or without alpha.
 *
 * @throws Error where the file is no PNG, or one of another kind
 */
export function readPng(file: Buffer): Pixels {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error("not a PNG file");
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth, kind, , , interlaced] = file.subarray(24, 29);
  if (depth !== 8 || interlaced !== 0 || (kind !== 2 && kind !== 6))
    throw new Error(`a PNG of depth ${depth} and kind ${kind}`);
  const channels = kind === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(imageData(file)), width * channels, channels);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++)
    rgba.set(rows.subarray(pixel * channels, (pixel + 1) * channels), pixel * 4);
  return { width, height, rgba };
}

function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(file.subarray(at + 8, at + 8 + length));
  }
  return Buffer.concat(parts);
}

/** Each row says how its bytes differ from their neighbours (PNG specification, section 9). */
function unfilter(data: Buffer, rowBytes: number, channels: number): Buffer {
  const rows = Buffer.alloc((data.length / (rowBytes + 1)) * rowBytes);
  for (let row = 0; row * (rowBytes + 1) < data.length; row++) {
    const filter = data[row * (rowBytes + 1)] ?? 0;
    for (let column = 0; column < rowBytes; column++) {
      const at = row * rowBytes + column;
      const left = column < channels ? 0 : (rows[at - channels] ?? 0);
      const up = row === 0 ? 0 : (rows[at - rowBytes] ?? 0);
      const corner = row === 0 || column < channels ? 0 : (rows[at - rowBytes - channels] ?? 0);
      const guess = [0, left, up, Math.floor((left + up) / 2), nearest(left, up, corner)][filter];
      if (guess === undefined) throw new Error(`a row with filter ${filter}`);
      rows[at] = ((data[row * (rowBytes + 1) + 1 + column] ?? 0) + guess) & 255;
    }
  }
  return rows;
}

/** The neighbour that is nearest to the plane through all three ("Paeth"). */
function nearest(left: number, up: number, corner: number): number {
  const plane = left + up - corner;
  const distances = [left, up, corner].map((value) => Math.abs(plane - value));
  const [toLeft = 0, toUp = 0, toCorner = 0] = distances;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
