import { join } from 'node:path';
import type { GenerateArguments } from '../../../dsl/arguments.ts';
import { whileOpen } from '../../../engine/opened.ts';
import { encodeFrames } from '../../../workers/ffmpeg/frames.ts';
import { createMarker } from '../../../workers/mark/embed.ts';
import { frameCount } from '../../../workers/storyboard/frame-count.ts';
import { rateOf } from '../../../workers/storyboard/rate.ts';
import { createRenderer } from '../../../workers/storyboard/renderer.ts';
import type { Studio } from '../studio.ts';

/** Draws and encodes a film as GENERATE does, marked or not; answers its path. */
export async function encodedFilm(
  studio: Pick<Studio, 'tools' | 'folder'>,
  name: string,
  args: GenerateArguments,
  payload: string | null,
): Promise<string> {
  const output = join(studio.folder, name);
  const { width, height, fps } = args;
  const renderer = createRenderer(args, null);
  const mark = payload === null ? () => {} : createMarker(width, height, payload);
  await whileOpen(async (opened) => {
    const sink = opened.add(
      encodeFrames(studio.tools, {
        ...{ width, height, rate: rateOf(fps), pixelFormat: 'yuv420p', output, recipe: 'GENERATE "a film"' },
      }),
    );
    for (let index = 0; index < frameCount(args); index++) {
      const frame = renderer.frame(index);
      mark(frame);
      await sink.write(frame);
    }
    await sink.finish();
  });
  return output;
}
