import { readFile } from 'node:fs/promises';
import { createMarker } from '../mark/embed.ts';
import { parseCube } from './color/cube.ts';
import { frameCount } from './frame-count.ts';
import type { RenderJob } from './job.ts';
import { createPhotoRenderer } from './photo/renderer.ts';
import { createRenderer } from './renderer.ts';

/** A process of its own: is sent one job, writes its frames to standard output, ends. It can be killed at any moment. */
process.once('message', (job: RenderJob) => void render(job));
// Where the kernel does not tie us to our parent, its end of the channel does.
process.once('disconnect', () => process.exit(1));

async function render({ args, cube, photo, mark }: RenderJob): Promise<void> {
  const table = cube === null ? null : parseCube(cube);
  const renderer =
    photo === null
      ? createRenderer(args, table)
      : createPhotoRenderer(args, table, { ...photo, data: await readFile(photo.file) });
  const put = mark === null ? null : createMarker(args.width, args.height, mark);
  const frames = frameCount(args);
  for (let index = 0; index < frames; index++) {
    const frame = renderer.frame(index);
    put?.(frame);
    // The buffer is drawn over by the next frame: wait until the pipe has it all.
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(frame, (error) => (error ? reject(error) : resolve())),
    );
  }
  process.exit(0);
}
