import type { ImageFacts, VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import { whileOpen } from '../../engine/opened.ts';
import { decodeFrames } from '../ffmpeg/frames.ts';
import { mediaLimits } from '../ffmpeg/limits.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { sampleFilter } from '../measure/sampling.ts';
import type { Box } from './bars.ts';

/** Grey pictures of a film, or a picture as one. */
export interface Wanted {
  width: number;
  height: number;
  /** At most; of a film equally far apart. */
  pictures: number;
  /** Seconds between them. */
  every: number;
  /** What is looked at of each; all of it where null. */
  inside: Box | null;
}

/** Films longer than these seconds are not decoded whole: only their key frames are, where encoders keep the most. */
const short = 60;

/** Hands out grey pictures of a film or a picture, stretched to a size, one after another. */
export async function samples(
  media: MediaTools,
  { path, facts }: { path: string; facts: VideoFacts | ImageFacts },
  wanted: Wanted,
  signal: AbortSignal,
  take: (picture: Uint8Array) => void,
): Promise<void> {
  if (facts.kind === 'image') return take(await picture(path, facts, wanted));
  const { width, height, every, inside } = wanted;
  let left = wanted.pictures;
  await whileOpen(async (opened) => {
    const source = opened.add(
      decodeFrames(media, path, facts, {
        ...{ pixelFormat: 'gray', width, height, signal },
        filters: [
          sampleFilter({ num: 1000, den: Math.round(1000 * every) }),
          ...(inside === null ? [] : [cropFilter(inside)]),
        ],
        before: facts.duration > short ? ['-skip_frame', 'nokey'] : [],
      }),
    );
    for await (const frame of source.frames) {
      if (left-- <= 0) return;
      take(frame);
    }
  });
}

function cropFilter({ left, top, width, height }: Box): string {
  const share = (value: number) => value.toFixed(5);
  return `crop=iw*${share(width)}:ih*${share(height)}:iw*${share(left)}:ih*${share(top)}`;
}

async function picture(
  path: string,
  facts: ImageFacts,
  { width, height, inside }: Wanted,
): Promise<Uint8Array> {
  // Loaded when the first picture comes: it is large, and films need it not.
  const { default: sharp } = await import('sharp');
  const upright = sharp(path, { limitInputPixels: mediaLimits.pixels, failOn: 'error', pages: 1 }).rotate();
  const part =
    inside === null
      ? upright
      : upright.extract({
          left: Math.round(inside.left * facts.width),
          top: Math.round(inside.top * facts.height),
          width: Math.round(inside.width * facts.width),
          height: Math.round(inside.height * facts.height),
        });
  return part
    .flatten()
    .resize({ width, height, fit: 'fill', kernel: 'cubic' })
    .greyscale()
    .raw()
    .toBuffer()
    .catch((cause: unknown) => {
      throw new Failure('user', 'PQL433', 'the picture is damaged', { hint: 'copy it again', cause });
    });
}
