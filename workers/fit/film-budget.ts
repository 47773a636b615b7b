import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { perSecond } from '../../dsl/rational.ts';

/** How a film is encoded so that it has at most so many bytes. */
export interface FilmBudget {
  /** How much of it, from its beginning; all of it where it can be. */
  seconds: number;
  /** Even, pixels. */
  width: number;
  height: number;
  rate: Rational;
  /** Bits a second. */
  video: number;
  sound: { bits: number; channels: 1 | 2 } | null;
}

/** Short sides that are tried one after the other, pixels. */
const sides = [1440, 1080, 720, 540, 432, 360, 288, 240];

/** Bits for a pixel of H.264 up to which more are well spent. SSIM of two passes at 0.02, 0.05 and 0.1: a city from above at 640×360 0.864, 0.904, 0.920; a
 * bird at 320×180 0.943, 0.982, 0.991. */
const bitsPerPixel = 0.05;

/** Bits a second below which x264 refuses to try: 8 kbit/s of the smallest pictures. */
const leastVideo = 10_000;

/** Room that an MP4 takes beside its packets: tables of a frame's size, time and place, and those of its sound. */
const bytesPerFrame = 18;
const bytesPerSoundSecond = 47 * 6;
const bytesOfHead = 4096;

/** Of the room left, so that two passes rarely end above it. */
const margin = 0.96;

/** How to encode a film into at most `bytes`, of which its description takes `described`: as large as the rate can fill, down to 240 lines at 15 frames a
 * second; of what is longer than that allows, the beginning. Pure. */
export function filmBudget(facts: VideoFacts, bytes: number, described: number): FilmBudget {
  const full = perSecond(facts.rate);
  const smooth = slowed(facts.rate, Math.ceil(full / 30 - 0.01));
  const jerky = slowed(facts.rate, Math.ceil(full / 15 - 0.01));
  const smallest = shaped(facts, sides.at(-1)!);
  const room = Math.max(0, (bytes - bytesOfHead - described) * margin);
  const least =
    smallest.width * smallest.height * perSecond(jerky) * bitsPerPixel +
    perSecond(jerky) * bytesPerFrame * 8 +
    (facts.audio ? 40_000 + bytesPerSoundSecond * 8 : 0);
  const seconds = Math.min(facts.duration, (room * 8) / least);
  const whole = (room * 8) / seconds;
  const sound = facts.audio ? soundOf(whole, facts.audio.channels) : null;
  const left = (rate: Rational) =>
    whole - (sound ? sound.bits + bytesPerSoundSecond * 8 : 0) - perSecond(rate) * bytesPerFrame * 8;
  for (const side of [Math.min(facts.width, facts.height), ...sides]) {
    if (side > Math.min(facts.width, facts.height)) continue;
    const shape = shaped(facts, side);
    const video = left(smooth);
    if (video >= shape.width * shape.height * perSecond(smooth) * bitsPerPixel)
      return { seconds, ...shape, rate: smooth, video: Math.floor(video), sound };
  }
  return { seconds, ...smallest, rate: jerky, video: Math.max(leastVideo, Math.floor(left(jerky))), sound };
}

/** The budget again for what came out too large: fewer bits, and a smaller picture where they would not fill it any more. */
export function tighter(budget: FilmBudget, came: number, bytes: number): FilmBudget {
  const video = Math.max(leastVideo, Math.floor(budget.video * Math.min(0.95, (bytes / came) * 0.94)));
  const starved = video < budget.width * budget.height * perSecond(budget.rate) * bitsPerPixel * 0.5;
  const shape = starved ? shaped(budget, Math.round(Math.min(budget.width, budget.height) * 0.7)) : {};
  return { ...budget, ...shape, video };
}

function soundOf(whole: number, channels: number): NonNullable<FilmBudget['sound']> {
  const stereo = channels > 1 ? 2 : 1;
  if (whole >= 1_200_000) return { bits: 128_000, channels: stereo };
  if (whole >= 500_000) return { bits: 96_000, channels: stereo };
  if (whole >= 200_000) return { bits: 64_000, channels: stereo };
  return { bits: 40_000, channels: 1 };
}

/** The rate with only every so manieth frame. */
function slowed({ num, den }: Rational, every: number): Rational {
  return { num, den: den * Math.max(1, every) };
}

/** The picture with this short side, never larger than it is. */
function shaped(
  { width, height }: { width: number; height: number },
  side: number,
): { width: number; height: number } {
  const factor = Math.min(1, side / Math.min(width, height));
  return { width: even(width * factor), height: even(height * factor) };
}

function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}
