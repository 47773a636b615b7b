import type { VideoFacts } from '../../dsl/facts.ts';
import type { Given, Sight } from '../../engine/consent/faces/port.ts';
import { Failure } from '../../engine/failure.ts';
import type { DecodeOptions } from '../ffmpeg/frames.ts';
import { mediaLimits } from '../ffmpeg/limits.ts';
import { sniff } from '../ffmpeg/sniff.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { Picture } from './picture.ts';

/** Pixels of the longer side that is looked at. */
const longest = 1280;
/** Frames of a clip that are looked at; twice as many where it has many shots, or is long. */
export const framesEach = 16;
/** Seconds from which on not all frames are decoded to find where shots begin. */
const longClip = 60;

/** The picture, or frames of the clip, one after the other: spread over all of it and, up to a minute, the first of each shot. */
export async function* sample(
  tools: () => Promise<MediaTools>,
  sight: Sight | Given,
  signal?: AbortSignal,
): AsyncGenerator<Picture> {
  if ('picture' in sight) yield await given(sight.picture);
  else if (sight.facts.kind === 'image') yield await still(sight.path);
  else yield* frames(await tools(), sight.path, sight.facts, signal);
}

/** Only what begins like a picture reaches the library of pictures. */
async function given(picture: Uint8Array): Promise<Picture> {
  if (sniff(Buffer.from(picture.subarray(0, 4096))).is !== 'picture')
    throw new Failure('user', 'PQL433', 'this is no picture', { hint: 'give a JPEG, a PNG or a WebP' });
  return still(picture);
}

async function still(picture: string | Uint8Array): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(picture, {
      limitInputPixels: mediaLimits.pixels,
      failOn: 'error',
      pages: 1,
    })
      .rotate()
      .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .flatten()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: inColour(data, info.channels) };
  } catch (cause) {
    throw new Failure('user', 'PQL433', 'the picture is cut short or damaged', {
      hint: 'copy it again',
      cause,
    });
  }
}

/** Grey pictures come with one channel. */
function inColour(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const colour = new Uint8Array((data.length / channels) * 3);
  for (let at = 0; at < colour.length; at++) colour[at] = data[Math.floor(at / 3) * channels] ?? 0;
  return colour;
}

async function* frames(
  tools: MediaTools,
  path: string,
  facts: VideoFacts,
  signal?: AbortSignal,
): AsyncGenerator<Picture> {
  const { decodeFrames } = await import('../ffmpeg/frames.ts');
  const some = async function* (more: Partial<DecodeOptions>): AsyncGenerator<Picture> {
    const size = fitted(facts.width, facts.height);
    const source = decodeFrames(tools, path, facts, { pixelFormat: 'rgb24', ...size, ...more, signal });
    try {
      for await (const data of source.frames) yield { ...size, data };
    } finally {
      await source[Symbol.asyncDispose]();
    }
  };
  const most = 2 * framesEach;
  let count = 0;
  if (facts.duration <= longClip)
    for await (const picture of some({ filters: [chosen(facts.duration)] })) {
      yield picture;
      if (++count === most) return;
    }
  else
    for (let at = 0; at < most; at++) {
      const time = (((at + 0.5) / most) * facts.duration).toFixed(3);
      for await (const picture of some({ before: ['-ss', time], range: { from: 0, to: 1 } })) {
        yield picture;
        count++;
      }
    }
  // Nothing to see must not pass for nobody to see.
  if (count === 0)
    throw new Failure('user', 'PQL433', 'the clip has no frame that can be looked at', {
      hint: 'copy it again',
    });
}

/** A filter that lets pass the first frame, one after each step, and one where the picture changes, at most two a step. */
export function chosen(duration: number): string {
  const step = Math.max(duration / framesEach, 0.25).toFixed(3);
  const half = (Number(step) / 2).toFixed(3);
  const since = 't-prev_selected_t';
  return `select='isnan(prev_selected_t)+gte(${since},${step})+gt(scene,0.3)*gte(${since},${half})'`;
}

/** The size to look at: as it is, or smaller, in even pixels. */
function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}
