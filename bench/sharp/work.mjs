// sharp at the work of bench/peer.py: reads orders as lines of JSON, answers each with its CPU and wall time.
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import sharp from "sharp";

const TUNED = {
  png: (image) => image.png({ compressionLevel: 2, adaptiveFiltering: true }),
  jpeg: (image) => image.jpeg({ quality: 90, optimiseCoding: false }),
  webp: (image) => image.webp({ quality: 85, effort: 2 }),
  avif: (image) => image.avif({ quality: 60, effort: 0, chromaSubsampling: "4:2:0" }),
};
const PLAIN = {
  png: (image) => image.png(),
  jpeg: (image) => image.jpeg({ quality: 90 }),
  webp: (image) => image.webp({ quality: 85 }),
  avif: (image) => image.avif({ quality: 60 }),
};

// What most code does: two pipelines from the file, the mark as SVG, all settings as they come.
async function idiomatic({ format, mark }, input, output) {
  const svg = Buffer.from(mark.svg);
  await PLAIN[format](
    sharp(input).resize(768, 768, { fit: "inside" }).composite([{ input: svg, gravity: "southeast" }]),
  ).toFile(output);
  await sharp(input).resize(320, 320, { fit: "inside" }).webp({ quality: 80 }).toFile(`${output}.thumb.webp`);
}

// The best we found: decoded once, the mark drawn beforehand, the codecs' fast settings.
async function tuned({ format, mark }, input, output) {
  const { data, info } = await sharp(await readFile(input))
    .resize(768, 768, { fit: "inside" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const [full, small] = await Promise.all([
    TUNED[format](
      sharp(data, { raw }).composite([{ input: Buffer.from(mark.png, "base64"), gravity: "southeast" }]),
    ).toBuffer(),
    sharp(data, { raw }).resize(320, 320, { fit: "inside" }).webp({ quality: 80, effort: 2 }).toBuffer(),
  ]);
  await Promise.all([writeFile(output, full), writeFile(`${output}.thumb.webp`, small)]);
}

// The studio's own job: pixels in memory become original, display, thumbnail and placeholder.
async function renditions(order, input, output) {
  const raw = { width: order.size, height: order.size, channels: 3 };
  const pixels = await readFile(input);
  const display = await sharp(pixels, { raw }).resize(768, 768).raw().toBuffer({ resolveWithObject: true });
  const small = { width: 768, height: 768, channels: 3 };
  const files = await Promise.all([
    TUNED.png(sharp(pixels, { raw })).toBuffer(),
    sharp(display.data, { raw: small }).webp({ quality: 85, effort: 2 }).toBuffer(),
    sharp(display.data, { raw: small }).resize(320, 320).webp({ quality: 80, effort: 2 }).toBuffer(),
    sharp(display.data, { raw: small }).resize(20, 20).webp({ quality: 30, effort: 2 }).toBuffer(),
  ]);
  await Promise.all(files.map((data, index) => writeFile(`${output}.${index}`, data)));
}

const WAYS = { idiomatic, tuned, renditions };

async function serve(order) {
  sharp.cache(false);
  sharp.concurrency(order.threads);
  const waiting = order.files.slice();
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  await Promise.all(
    Array.from({ length: order.parallel }, async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) await WAYS[order.way](order, ...file);
    }),
  );
  const used = process.cpuUsage(before);
  return { cpu: (used.user + used.system) / 1e6, wall: Number(process.hrtime.bigint() - start) / 1e9 };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await serve(JSON.parse(line)))}\n`);
}
