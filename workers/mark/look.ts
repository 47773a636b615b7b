import type { Facts, VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import { whileOpen } from '../../engine/opened.ts';
import { decodeFrames } from '../ffmpeg/frames.ts';
import { mediaLimits } from '../ffmpeg/limits.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { sampleFilter } from '../measure/sampling.ts';
import { startModule } from '../process/child.ts';
import { lookedAt } from './clear.ts';
import type { Found } from './find.ts';

/** A mark in a film or a picture. `from` and `to` in seconds: the first and last place where it was read; 0 in a picture. */
export type FoundMark = Found;

/** Pictures of a film that are looked at, at most and, where it has them, at least; and of each second of a short one. */
const most = 48;
const least = 8;
const everySecond = 2;

/** Films longer than these seconds are not decoded whole: only their key frames are, where encoders keep the most. */
const short = 60;

/** Looks for marks in the frames of a film or in a picture, without the original: at most 48 of its frames, in a process of its own. Null for what
 * has no frames, or none that can be read: what else a file says of itself is told all the same. */
export async function lookForMarks(
  media: MediaTools,
  { path, facts }: { path: string; facts: Facts },
  signal: AbortSignal,
): Promise<FoundMark[] | null> {
  try {
    if (facts.kind === 'image') return await find(picture(path, facts), signal);
    return facts.kind === 'video' ? await lookAtFilm(media, path, facts, signal) : null;
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'transient') return null;
    throw error;
  }
}

async function lookAtFilm(
  media: MediaTools,
  path: string,
  facts: VideoFacts,
  signal: AbortSignal,
): Promise<FoundMark[]> {
  const { pictures, every } = filmSampling(facts);
  const found = await whileOpen((opened) => {
    const source = opened.add(
      decodeFrames(media, path, facts, {
        pixelFormat: 'gray',
        ...sizeFor(facts),
        filters: [sampleFilter({ num: 1000, den: Math.round(1000 * every) })],
        before: facts.duration > short ? ['-skip_frame', 'nokey'] : [],
        signal,
      }),
    );
    return find(first(source.frames, pictures, !isLying(facts)), signal);
  });
  return found.map((mark) => ({ ...mark, from: mark.from * every, to: mark.to * every }));
}

/** How many pictures of a film are looked at, and how many seconds apart. */
function filmSampling({ duration, frames }: VideoFacts): { pictures: number; every: number } {
  const pictures = Math.max(1, Math.min(most, frames, Math.max(least, Math.ceil(duration * everySecond))));
  return { pictures, every: Math.max(0.001, duration / pictures) };
}

/** The child finds; what it is sent it keeps until there is no more. */
async function find(pictures: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Found[]> {
  signal.throwIfAborted();
  const child = startModule(new URL('./child', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    signal,
  });
  const answer = new Promise<Found[]>((resolve) =>
    child.process.once('message', (found) => resolve(found as Found[])),
  );
  try {
    // A child that is gone is reported by its ending.
    for await (const each of pictures) child.process.send(each, () => {});
    child.process.send('all', () => {});
    return await Promise.race([answer, child.ended.then(stopped)]);
  } finally {
    child.process.kill('SIGKILL');
    await child.ended.catch(() => {});
    signal.throwIfAborted();
  }
}

function stopped(): never {
  throw new Failure('transient', 'PQL642', 'the process that looks for marks was killed', {
    hint: 'it is tried again; if it happens often the machine may be short of memory',
  });
}

/** The first pictures, turned so that their longer side lies. */
async function* first(
  frames: AsyncIterable<Uint8Array>,
  count: number,
  upright: boolean,
): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const frame of frames) {
    if (left-- <= 0) return;
    yield upright ? turned(frame) : frame;
  }
}

async function* picture(path: string, facts: { width: number; height: number }): AsyncGenerator<Uint8Array> {
  // Loaded when the first picture comes: it is large, and films need it not.
  const { default: sharp } = await import('sharp');
  const grey = await sharp(path, { limitInputPixels: mediaLimits.pixels, failOn: 'error', pages: 1 })
    .rotate()
    .flatten()
    .resize({ ...sizeFor(facts), fit: 'fill', kernel: 'cubic' })
    .greyscale()
    .raw()
    .toBuffer()
    .catch((cause: unknown) => {
      throw new Failure('user', 'PQL433', 'the picture is damaged', { hint: 'copy it again', cause });
    });
  yield isLying(facts) ? grey : turned(grey);
}

function sizeFor(facts: { width: number; height: number }): { width: number; height: number } {
  const { width, height } = lookedAt;
  return isLying(facts) ? { width, height } : { width: height, height: width };
}

function isLying({ width, height }: { width: number; height: number }): boolean {
  return width >= height;
}

/** Columns and rows exchanged, as the pattern has them in upright pictures. */
function turned(frame: Uint8Array): Uint8Array {
  const { width, height } = lookedAt;
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out[y * width + x] = frame[x * height + y]!;
  return out;
}
