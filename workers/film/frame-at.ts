import type { VideoFacts } from '../../dsl/facts.ts';
import { whileOpen } from '../../engine/opened.ts';
import { decodeFrames } from '../ffmpeg/frames.ts';
import { seekFrame } from '../ffmpeg/seek.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { noPicture } from './readable.ts';

/** Seconds before the frame that reading begins in containers whose places are found by guessing: longer than between any two key frames that people
 * make (x264's usual most is 250 frames), so that one lies between. */
const farEarly = 60;

/** One frame of a clip, counted from 0 at its constant rate, as RGB. Only what lies shortly before it is decoded. Where fewer frames can be read
 * than the clip has by its index, the last of them. */
export async function frameAt(
  tools: MediaTools,
  path: string,
  facts: VideoFacts,
  number: number,
  signal?: AbortSignal,
): Promise<{ width: number; height: number; data: Buffer }> {
  const { before, skip } = beginning(facts, number);
  return whileOpen(async (opened) => {
    const source = opened.add(
      decodeFrames(tools, path, facts, {
        ...{ pixelFormat: 'rgb24', before, range: { from: skip, to: skip + 1 } },
        signal,
      }),
    );
    const { width, height } = source;
    for await (const data of source.frames) return { width, height, data };
    throw noPicture();
  });
}

function beginning(facts: VideoFacts, number: number): { before: string[]; skip: number } {
  const near = seekFrame(facts, number, facts.rate);
  // Where not even a guess would do, seekFrame says so of every container.
  return near.before.length > 0
    ? near
    : seekFrame({ ...facts, container: 'mp4' }, number, facts.rate, farEarly);
}
