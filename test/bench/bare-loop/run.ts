/** A bare loop of `session.run`: what ENHANCE is compared with. Prints frames a second. */
import { openSession } from '../../../workers/onnx/session.ts';

const { file, threads, width, height, frames } = JSON.parse(process.argv[2] ?? '{}');
const session = await openSession({ file, threads, provider: 'cpu' });
const data = new Uint8Array(width * height * 3).map((_, index) => (index * 7) & 255);
await session.run([{ width, height, data }], 0);
const start = performance.now();
for (let frame = 0; frame < frames; frame++) await session.run([{ width, height, data }], 0);
process.stdout.write(String((frames * 1000) / (performance.now() - start)));
