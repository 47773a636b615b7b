import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Handler } from '../../workers/handler.ts';
import { createMeasure } from '../../workers/measure.ts';
import { createShots } from '../../workers/shots.ts';
import { openStudio, type Studio } from '../workers/studio.ts';
import type { Measured } from './measured.ts';

const rounds = 3;
const city = fileURLToPath(new URL('../../examples/city.mp4', import.meta.url));

/** Seconds of SHOTS and MEASURE for a minute of real film at 1280×720 with sound, against ffmpeg that decodes it and throws it away. Rounds
 * alternate, medians are compared; facts are known before, as in a job. */
export async function bench(): Promise<Measured[]> {
  await using studio = await openStudio();
  const clip = await makeClip(studio);
  const { duration } = await studio.video(clip);
  const took: Record<'bare' | 'SHOTS' | 'MEASURE', number[]> = { bare: [], SHOTS: [], MEASURE: [] };
  for (let round = 0; round < rounds; round++) {
    took.bare.push(await bareSeconds(studio, clip));
    took.SHOTS.push(
      await secondsOf(studio, createShots(studio.tools), { sensitivity: 0.5, shortest: 0.25 }, clip),
    );
    took.MEASURE.push(await secondsOf(studio, createMeasure(studio.tools), { every: 0.25 }, clip));
  }
  const bare = median(took.bare);
  const rows = [
    { verb: 'SHOTS', goal: 1.6 },
    { verb: 'MEASURE', goal: 2.5 },
  ] as const;
  return rows.flatMap(({ verb, goal }) => [
    {
      name: `${verb} of ${duration.toFixed(0)} s at 1280×720`,
      value: median(took[verb]) / bare,
      unit: '×',
      goal: `<= ${goal}`,
      against: `ffmpeg -i x -f null -, ${bare.toFixed(2)} s`,
    },
    {
      name: `${verb}, seconds a second of film`,
      value: median(took[verb]) / duration,
      unit: 's',
      goal: 'as it is',
    },
  ]);
}

/** Five seconds of the example, encoded large and with noise for sound, repeated by copying packets. */
async function makeClip(studio: Studio): Promise<string> {
  const [part, clip] = [join(studio.folder, 'part.mp4'), join(studio.folder, 'clip.mp4')];
  const noise = ['-f', 'lavfi', '-i', 'anoisesrc=amplitude=0.1:sample_rate=48000'];
  const picture = ['-vf', 'scale=1280:720', '-c:v', 'libx264', '-crf', '20', '-bf', '0', '-c:a', 'aac'];
  await studio.ffmpeg('-i', city, ...noise, '-t', '5', ...picture, part);
  await studio.ffmpeg('-stream_loop', '11', '-i', part, '-c', 'copy', clip);
  return clip;
}

async function secondsOf<A>(studio: Studio, handler: Handler<A>, args: A, clip: string): Promise<number> {
  return (await studio.run(handler, args, [clip])).seconds;
}

async function bareSeconds(studio: Studio, clip: string): Promise<number> {
  const start = performance.now();
  await studio.ffmpeg('-i', clip, '-f', 'null', '-');
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
