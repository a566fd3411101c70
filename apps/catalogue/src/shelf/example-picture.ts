import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [number, number, number];
/** A rectangle of one colour, in pixels. */
interface Patch { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly colour: Colour }

/** A picture as an invented page would look from afar: a header, lines of text, a button (PNG, 8 bits a channel). */
export function examplePicture(width: number, height: number, brand: Colour): Uint8Array {
  const paper: Colour = [255, 255, 255];
  const ink: Colour = [60, 60, 60];
  const patches: readonly Patch[] = [
    { x: 0, y: 0, width, height: 60, colour: brand }, { x: 40, y: 100, width: width / 2, height: 28, colour: ink },
    ...[160, 190, 220, 280, 310].map((y, at) => ({ x: 40, y, width: width * (0.8 - at * 0.07), height: 12, colour: [150, 150, 150] as const })),
    { x: 40, y: height - 100, width: 180, height: 48, colour: [0, 112, 60] },
  ];
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const { colour } = patches.findLast((one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height) ?? { colour: paper };
    rows.set(colour, y * (width * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
