import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GenerateArguments } from '../../dsl/arguments.ts';
import { videoEncoding } from '../../workers/ffmpeg/encoding.ts';
import { decodeFrames } from '../../workers/ffmpeg/frames.ts';
import { cleared, lookedAt } from '../../workers/mark/clear.ts';
import { createMarker } from '../../workers/mark/embed.ts';
import { createLayout } from '../../workers/mark/grid.ts';
import { lookForMarks } from '../../workers/mark/look.ts';
import { see, whole } from '../../workers/mark/read.ts';
import { createSearch } from '../../workers/mark/search.ts';
import { createRenderer } from '../../workers/storyboard/renderer.ts';
import { encodedFilm } from '../workers/mark/film.ts';
import { argumentsOf } from '../workers/storyboard/picture.ts';
import { openStudio, type Studio } from '../workers/studio.ts';
import { cpuSeconds } from './generate.ts';
import { attacks, shapes } from './mark/attacks.ts';
import type { Measured } from './measured.ts';

const payload = '0123456789ab';
const prompts = [
  'A lighthouse at dusk, three sailing boats, gulls and a woman on the pier',
  'A rainy city street at night with people, a taxi and a bus',
  'a meadow with trees and a windmill on a clear day',
];
/** Enough for an encoder's first frame and some that follow from it. */
const seconds = 1 / 3;
const media = fileURLToPath(new URL('../media/', import.meta.url));

/** Which of three films at 1280×720 are read after each attack, what the mark costs, how strong it is, and how clips without one look to it. */
export async function bench(): Promise<Measured[]> {
  await using studio = await openStudio();
  const scenes = prompts.map((prompt) => sceneOf(prompt, '16:9'));
  const films = new Map<keyof typeof shapes, string[]>();
  for (const shape of Object.keys(shapes) as (keyof typeof shapes)[])
    for (const [index, prompt] of prompts.entries()) {
      const name = `film-${shape.replace(/\W/g, '-')}-${index}.mp4`;
      const film = await encodedFilm(studio, name, sceneOf(prompt, shape), payload);
      films.set(shape, [...(films.get(shape) ?? []), film]);
    }
  return [
    {
      name: 'mark: PSNR of luma, the least of three',
      value: Math.min(...scenes.map(decibels)),
      unit: 'dB',
      goal: '>= 42',
    },
    await cost(studio, scenes[1]!, films.get('16:9')![1]!),
    ...(await survival(studio, films)),
    ...(await withoutMark(studio)),
  ];
}

function sceneOf(prompt: string, shape: keyof typeof shapes): GenerateArguments {
  return argumentsOf(prompt, {
    ...{ ...shapes[shape], duration: seconds, camera: { move: null }, color: { grain: null } },
  });
}

/** Of the first frame, before encoding. */
function decibels(scene: GenerateArguments): number {
  const frame = createRenderer(scene, null).frame(0);
  const marked = frame.slice();
  createMarker(scene.width, scene.height, payload)(marked);
  let sum = 0;
  const count = scene.width * scene.height;
  for (let at = 0; at < count; at++) sum += (marked[at]! - frame[at]!) ** 2;
  return 10 * Math.log10((255 ** 2 * count) / sum);
}

/** CPU time of marking a frame against that of encoding one, in the same seconds of the same machine. To begin takes 0.1 s more a film. */
async function cost(studio: Studio, scene: GenerateArguments, film: string): Promise<Measured> {
  const frames = 96;
  const frame = createRenderer(scene, null).frame(0);
  const marked = frame.slice();
  const mark = createMarker(scene.width, scene.height, payload);
  const work = () => {
    const start = process.cpuUsage();
    for (let index = 0; index < frames; index++) {
      marked.set(frame);
      mark(marked);
    }
    return process.cpuUsage(start).user / 1e6 / frames;
  };
  work();
  const marking = work();
  const before = await cpuSeconds();
  await encodedAgain(studio, film, frames);
  const encoding = ((await cpuSeconds()) - before) / frames;
  return {
    ...{ name: 'mark: CPU time', value: marking / encoding, unit: 'of encoding', goal: '<= 0.1' },
    against: `${(1000 * encoding).toFixed(0)} ms a frame`,
  };
}

/** The second film over and over, as we encode. */
async function encodedAgain(studio: Studio, film: string, frames: number): Promise<void> {
  await studio.ffmpeg(
    ...['-stream_loop', '-1', '-i', film, '-frames:v', String(frames)],
    ...[...videoEncoding({ num: 24, den: 1 }), join(studio.folder, 'again.mp4')],
  );
}

async function survival(
  studio: Studio,
  films: ReadonlyMap<keyof typeof shapes, readonly string[]>,
): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const { says, of = '16:9', ending, how, goal } of attacks) {
    let read = 0;
    for (const [index, film] of films.get(of)!.entries()) {
      const path = join(studio.folder, `attacked-${index}.${ending}`);
      await studio.ffmpeg('-i', film, ...how, path);
      const facts = await studio.prober.probe(path);
      const marks = await lookForMarks(studio.tools, { path, facts }, new AbortController().signal);
      if (marks?.[0]?.payload === payload) read++;
    }
    rows.push({ name: `mark: read of three films, ${says}`, value: read, unit: '', goal });
  }
  return rows;
}

/** How strong marks seem that are not there: 400 patterns that nobody uses, laid over the clips of test/media, and one of them searched for
 * at every place. Of numbers by chance the deviation is 1. */
async function withoutMark(studio: Studio): Promise<Measured[]> {
  const names = (await readdir(media)).filter((name) => /\.(mp4|mpg|avi)$/.test(name));
  const clips = await Promise.all(names.map((name) => sumOfClip(studio, join(media, name))));
  const values: number[] = [];
  for (let seed = 1; seed <= 400; seed++) {
    const layout = createLayout(seed);
    for (const clip of clips) values.push(see(clip, layout).strength(whole));
  }
  const other = createLayout(1);
  const search = createSearch(other);
  const searched = clips.map((clip) => {
    const seen = see(clip, other);
    return seen.strength(search(clip, seen));
  });
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  const about = `${values.length} patterns that are not there`;
  return [
    { name: `mark: deviation of ${about}`, value: deviation, unit: '', goal: '<= 1.1' },
    { name: `mark: strongest of ${about}`, value: Math.max(...values), unit: '', goal: '<= 6.5' },
    { name: 'mark: strongest after a search', value: Math.max(...searched), unit: '', goal: '<= 8.7' },
  ];
}

/** The first second or so of a clip, as it is looked at, in one picture. */
async function sumOfClip(studio: Studio, path: string): Promise<Float32Array> {
  await using source = decodeFrames(studio.tools, path, await studio.video(path), {
    ...{ pixelFormat: 'gray', ...lookedAt, range: { from: 0, to: 8 } },
  });
  const sum = new Float32Array(lookedAt.width * lookedAt.height);
  for await (const frame of source.frames) {
    const picture = cleared(frame);
    for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + picture[at]!;
  }
  return sum;
}
