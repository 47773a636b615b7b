import type { Facts, ImageFacts, VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { type Box, insideBars } from './bars.ts';
import { lookedAt } from './clear.ts';
import type { Found } from './find.ts';
import { findInChild } from './find-in-child.ts';
import { samples } from './sample.ts';

/** A mark in a film or a picture. `from` and `to` in seconds: the first and last place where it was read; 0 in a picture. */
export type FoundMark = Found;

type Looked = { path: string; facts: VideoFacts | ImageFacts };

/** Pictures of a film that are looked at, at most and, where it has them, at least; and of each second of a short one. */
const most = 48;
const least = 8;
const everySecond = 2;

/** Pictures in which bars are looked for, and pixels of their longer side at most: a tenth of a cell. */
const forBars = { pictures: 8, side: 1280 } as const;

/** Looks for marks in the frames of a film or in a picture, without the original: at most 48 of its frames, in a process of its own; where nothing can be read, once more between the
 * bars around them. Null for what has no frames, or none that can be read: what else a file says of itself is told all the same. */
export async function lookForMarks(
  media: MediaTools,
  { path, facts }: { path: string; facts: Facts },
  signal: AbortSignal,
): Promise<FoundMark[] | null> {
  if (facts.kind !== 'image' && facts.kind !== 'video') return null;
  const looked: Looked = { path, facts };
  try {
    const found = await lookInside(media, looked, null, signal);
    if (found.some(({ payload }) => payload !== null)) return found;
    const inside = await insideOf(media, looked, signal);
    const within = inside === null ? [] : await lookInside(media, looked, inside, signal);
    return within.length > 0 ? within : found;
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'transient') return null;
    throw error;
  }
}

async function lookInside(
  media: MediaTools,
  looked: Looked,
  inside: Box | null,
  signal: AbortSignal,
): Promise<FoundMark[]> {
  const { facts } = looked;
  const [wide, high] = [facts.width * (inside?.width ?? 1), facts.height * (inside?.height ?? 1)];
  const lying = wide >= high;
  const { width, height } = lookedAt;
  const size = lying ? { width, height } : { width: height, height: width };
  const { pictures, every } = sampling(facts, most);
  const tall = lying ? high / height / (wide / width) : wide / height / (high / width);
  const found = await findInChild(tall, signal, (take) =>
    samples(media, looked, { ...size, pictures, every, inside }, signal, (picture) =>
      take(lying ? picture : turned(picture)),
    ),
  );
  return found.map((mark) => ({ ...mark, from: mark.from * every, to: mark.to * every }));
}

async function insideOf(media: MediaTools, looked: Looked, signal: AbortSignal): Promise<Box | null> {
  const { facts } = looked;
  const smaller = Math.min(1, forBars.side / Math.max(facts.width, facts.height));
  const size = {
    width: Math.max(1, Math.round(facts.width * smaller)),
    height: Math.max(1, Math.round(facts.height * smaller)),
  };
  const seen: Uint8Array[] = [];
  const wanted = { ...size, ...sampling(facts, forBars.pictures), inside: null };
  await samples(media, looked, wanted, signal, (picture) => void seen.push(picture));
  return insideBars(seen, size);
}

/** How many pictures are looked at, and how many seconds apart. */
function sampling(facts: VideoFacts | ImageFacts, most: number): { pictures: number; every: number } {
  if (facts.kind === 'image') return { pictures: 1, every: 0 };
  const { duration, frames } = facts;
  const pictures = Math.max(1, Math.min(most, frames, Math.max(least, Math.ceil(duration * everySecond))));
  return { pictures, every: Math.max(0.001, duration / pictures) };
}

/** Columns and rows exchanged, as the pattern has them in upright pictures. */
function turned(frame: Uint8Array): Uint8Array {
  const { width, height } = lookedAt;
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out[y * width + x] = frame[x * height + y]!;
  return out;
}
