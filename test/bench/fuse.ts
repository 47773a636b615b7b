import { join } from 'node:path';
import { optimise } from '../../dsl/optimise/optimise.ts';
import type { Plan } from '../../dsl/plan.ts';
import { videoEncoding } from '../../workers/ffmpeg/encoding.ts';
import { createHandlers, type Tools } from '../../workers/handlers.ts';
import { type NamedFile, namedFiles, planAbout, runPlan } from '../workers/run-plan.ts';
import { openStudio, type Studio } from '../workers/studio.ts';
import { cpuSeconds } from './fuse/cpu-seconds.ts';
import type { Measured } from './measured.ts';

const rounds = 3;

const scripts = [
  {
    name: 'TRIM | GRADE | ENHANCE DENOISE | GRADE of 3 s',
    source: 'TRIM "long.mp4"[1s..4s] | GRADE LOOK warm | ENHANCE DENOISE 20 | GRADE CONTRAST 10%',
    goal: '>= 2',
  },
  {
    name: 'TRIM | GRADE | ENHANCE DENOISE of 3 s | STITCH to 640x360',
    source: 'STITCH "small.mp4" + (TRIM "long.mp4"[1s..4s] | GRADE LOOK warm | ENHANCE DENOISE 20)',
    goal: '>= 2',
  },
  {
    name: 'TRIM | GRADE | ENHANCE DENOISE of 3 s | STITCH beside a foreign clip of 640x360',
    source: 'STITCH "foreign.mp4" + (TRIM "long.mp4"[1s..4s] | GRADE LOOK warm | ENHANCE DENOISE 20)',
    goal: '>= 2',
  },
  {
    name: 'GRADE of 10 s | TRIM to 2 s | GRADE',
    source: 'GRADE "long.mp4" LOOK warm | TRIM FROM 1s UNTIL 3s | GRADE CONTRAST 10%',
    goal: '>= 2',
  },
  {
    name: 'STITCH of three parts of a clip, 2 s each',
    source: `STITCH ${[1, 4, 7].map((from) => `"long.mp4"[${from}s..${from + 2}s]`).join(' + ')}`,
    goal: 'as measured',
  },
];

/** CPU time of scripts as they are written, a job a stage, against the same scripts optimised: this process and all its children. Real
 * pictures at 1280×720 with sound; rounds alternate and the median of the ratios counts. */
export async function bench(): Promise<Measured[]> {
  await using studio = await openStudio();
  const files = await makeClips(studio);
  const handlers = createHandlers({ media: studio.tools, prober: studio.prober, cores: 2 } as Tools);
  const cost = async (plan: Plan) => {
    const before = await cpuSeconds();
    await runPlan(plan, files, { handlers, folder: studio.folder, prober: studio.prober });
    return (await cpuSeconds()) - before;
  };
  const rows: Measured[] = [];
  for (const { name, source, goal } of scripts) {
    const written = planAbout(source, files);
    const optimised = optimise(written, { recalled: new Set() });
    const turns: { ratio: number; fused: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const plain = await cost(written);
      const fused = await cost(optimised);
      turns.push({ ratio: plain / fused, fused });
    }
    const { ratio, fused } = turns.sort((a, b) => a.ratio - b.ratio)[rounds >> 1]!;
    rows.push({
      name: `less CPU time for ${name}`,
      value: ratio,
      unit: '×',
      goal,
      against: `optimised, ${optimised.steps.length} instead of ${written.steps.length} jobs and ${fused.toFixed(1)} CPU seconds`,
    });
  }
  return rows;
}

/** Ten seconds of a trailer with a tone, and four of it at half the size in our own coding and in another. The trailer is enlarged, which makes it too easy
 * to encode; with noise of strength 3 our encoder takes 21 ms and 15 kB a frame, as for a trailer that really has 1280×720 (16 to 23 ms, 8 to
 * 16 kB). */
async function makeClips(studio: Studio): Promise<Map<string, NamedFile>> {
  const at = (name: string) => join(studio.folder, name);
  const trailer = new URL('../media/trailer.mp4', import.meta.url).pathname;
  const looped = ['-stream_loop', '-1', '-i', trailer];
  const tone = ['-f', 'lavfi', '-i', 'aevalsrc=0.3*sin(440*t)+0.1*random(0):s=48000:c=stereo'];
  await studio.ffmpeg(
    ...[...looped, ...tone, '-t', '10', '-map', '0:v', '-map', '1:a'],
    ...[
      '-vf',
      'scale=1280:720,fps=24,noise=alls=3:allf=t:all_seed=7',
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p',
      '-preset',
      'fast',
      '-crf',
      '20',
    ],
    at('long.mp4'),
  );
  await studio.ffmpeg(
    ...[...looped, ...tone, '-t', '4', '-map', '0:v', '-map', '1:a', '-vf', 'scale=640:360,fps=24'],
    ...[...videoEncoding({ num: 24, den: 1 }), at('small.mp4')],
  );
  await studio.ffmpeg(
    ...[...looped, ...tone, '-t', '4', '-map', '0:v', '-map', '1:a', '-vf', 'scale=640:360,fps=24'],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-preset', 'fast', at('foreign.mp4')],
  );
  const names = ['long.mp4', 'small.mp4', 'foreign.mp4'];
  return namedFiles(studio.prober, Object.fromEntries(names.map((name) => [name, at(name)])));
}
