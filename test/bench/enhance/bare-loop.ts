/** A bare loop of `session.run` over the frames of a raw file: what ENHANCE is compared with. Prints frames a second. */
import { readFile } from 'node:fs/promises';
import { openSession } from '../../../workers/onnx/session.ts';
import { freeAtOnce } from '../../../workers/process/free-at-once.ts';

const { file, threads, width, height, raw } = JSON.parse(process.argv[2] ?? '{}') as {
  file: string;
  threads: number;
  width: number;
  height: number;
  raw: string;
};
const session = await openSession({ file, threads, provider: 'cpu' });
const bytes = width * height * 3;
const all = await readFile(raw);
const frames = Array.from({ length: all.length / bytes }, (_, index) => ({
  width,
  height,
  data: all.subarray(index * bytes, (index + 1) * bytes),
}));
// The first run lays out memory; ENHANCE's first frame waits for that before its clock starts, too.
for (const frame of frames.slice(0, 1)) await session.run([frame], 0);
const start = performance.now();
for (const frame of frames) freeAtOnce((await session.run([frame], 0)).data);
process.stdout.write(String((frames.length * 1000) / (performance.now() - start)));
