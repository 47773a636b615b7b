import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameArguments } from '../dsl/arguments.ts';
import { Failure } from '../engine/failure.ts';
import { toneMapNote } from './ffmpeg/tone-map.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { frameAt } from './film/frame-at.ts';
import { frameRange } from './film/frame-range.ts';
import type { Handler } from './handler.ts';

/** The last frame of a part of a clip as a PNG: what GENERATE … FROM a clip begins with. Upright, with square pixels, in the standard range. */
export function createFrame(tools: MediaTools): Handler<FrameArguments> {
  return async (args, desk) => {
    const input = desk.inputs[0];
    if (input?.facts.kind !== 'video')
      throw new Failure('user', 'PQL439', 'a frame is taken from a clip', { hint: 'GENERATE "…" FROM v1' });
    const { facts, path } = input;
    const number = frameRange(facts, args).to - 1;
    const { width, height, data } = await frameAt(tools, path, facts, number, desk.signal);
    const file = join(desk.scratch, 'frame.png');
    const { default: sharp } = await import('sharp');
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(file);
    const note = toneMapNote('the clip', facts);
    return {
      file,
      kind: 'image',
      facts: { kind: 'image', container: 'png', bytes: (await stat(file)).size, width, height },
      notes: note === null ? [] : [note],
      details: { frame: number },
    };
  };
}
