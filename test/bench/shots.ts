import { fileURLToPath } from 'node:url';
import { decodeFrames } from '../../workers/ffmpeg/frames.ts';
import { sampled } from '../../workers/shots/cells.ts';
import { findCuts } from '../../workers/shots/find-cuts.ts';
import { seriesTaker } from '../../workers/shots/series.ts';
import { openStudio, type Studio } from '../workers/studio.ts';
import type { Measured } from './measured.ts';

/** Committed clips without a cut; of the short one the part before its cut, since the trailer begins in the shot after it. */
const clips: Record<string, number | undefined> = {
  'trailer.mp4': undefined,
  'sintel-96x54.mp4': 10,
  'bird.mp4': undefined,
  'run.mp4': undefined,
  'city.mpg': undefined,
  'tree.avi': undefined,
  'walkers.avi': undefined,
};

/** Films, shots of each, and how long a shot is, in frames. */
const made = { films: 60, shots: 15, least: 7, most: 45 };

/** Of all cuts that SHOTS finds how many are cuts, and of all cuts how many it finds, in films that are put together by chance from parts of
 * real clips, some within fast motion; with the thresholds as they stand. Chance starts at the same point each time. */
export async function bench(): Promise<Measured[]> {
  await using studio = await openStudio();
  const pool = await shotsOfClips(studio);
  const random = chance(1);
  const ours = score();
  for (let film = 0; film < made.films; film++) {
    const { frames, cuts } = putTogether(pool, random);
    ours.count(shotCuts(frames), cuts);
  }
  return [
    { name: 'SHOTS: cuts that it finds', value: ours.recall(), unit: '', goal: '>= 0.98' },
    { name: 'SHOTS: found cuts that are cuts', value: ours.precision(), unit: '', goal: '>= 0.99' },
  ];
}

async function shotsOfClips(studio: Studio): Promise<Buffer[][]> {
  const pool: Buffer[][] = [];
  for (const [name, end] of Object.entries(clips)) {
    const path = fileURLToPath(new URL(`../media/${name}`, import.meta.url));
    const options = { pixelFormat: 'rgb24', ...sampled } as const;
    await using source = decodeFrames(studio.tools, path, await studio.video(path), options);
    pool.push((await Array.fromAsync(source.frames)).slice(0, end));
  }
  return pool;
}

function putTogether(pool: readonly Buffer[][], random: (below: number) => number) {
  const [frames, cuts]: [Buffer[], number[]] = [[], []];
  let last = -1;
  for (let shot = 0; shot < made.shots; shot++) {
    const choice = (last + 1 + random(last < 0 ? pool.length : pool.length - 1)) % pool.length;
    const whole = pool[choice]!;
    const length = Math.min(whole.length, made.least + random(made.most - made.least + 1));
    const from = random(whole.length - length + 1);
    if (shot > 0) cuts.push(frames.length);
    frames.push(...whole.slice(from, from + length));
    last = choice;
  }
  return { frames, cuts };
}

function shotCuts(frames: readonly Buffer[]): number[] {
  const { take, series } = seriesTaker(sampled);
  for (const frame of frames) take(frame);
  return findCuts(series, 24, 0.5).map(({ frame }) => frame);
}

function score() {
  let [right, found, there] = [0, 0, 0];
  return {
    count(some: readonly number[], cuts: readonly number[]) {
      right += some.filter((frame) => cuts.includes(frame)).length;
      found += some.length;
      there += cuts.length;
    },
    recall: () => right / there,
    precision: () => right / found,
  };
}

/** Whole numbers from 0 up to `below`, by a linear congruential generator (Numerical Recipes). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}
