import { copyFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { soundEncoding, videoEncoding } from '../../workers/ffmpeg/encoding.ts';
import { createStitch } from '../../workers/stitch.ts';
import { openStudio, type Studio } from '../workers/studio.ts';
import type { Measured } from './measured.ts';

const rounds = 3;
const asked = { width: null, height: null, fps: null, fit: 'pad', transition: null } as const;

/** Seconds of STITCH over ten agreeing clips of 30 s against ffmpeg's concat demuxer with `-c copy`, which knows nothing of priming,
 * parameter sets or an index in front. Rounds alternate, medians are compared; facts are known before, as in a job. */
export async function bench(): Promise<Measured[]> {
  await using studio = await openStudio();
  const rows: Measured[] = [];
  for (const sound of [true, false]) {
    const clips = await makeClips(studio, sound);
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      plain.push(await plainSeconds(studio, clips));
      const made = await studio.run(createStitch(studio.tools), asked, clips);
      if (made.details.encodedFrames !== 0) throw new Error('agreeing clips were encoded');
      ours.push(made.seconds);
      await rm(made.file);
    }
    rows.push({
      name: `STITCH of 10 agreeing 30 s clips ${sound ? 'with sound' : 'without sound'}`,
      value: median(ours) / median(plain),
      unit: '×',
      goal: '<= 1.3',
      against: `ffmpeg -f concat -c copy, ${median(plain).toFixed(2)} s`,
    });
  }
  return rows;
}

/** 30 s at 1280×720, five of them encoded and repeated by copying packets, so that making them does not take minutes. */
async function makeClips(studio: Studio, sound: boolean): Promise<string[]> {
  const at = (name: string) => join(studio.folder, name);
  const rate = { num: 24, den: 1 };
  const picture = 'testsrc2=s=1280x720:r=24';
  await studio.ffmpeg('-f', 'lavfi', '-i', picture, '-t', '5', ...videoEncoding(rate), at('five.mp4'));
  await studio.ffmpeg(
    ...['-stream_loop', '5', '-i', at('five.mp4')],
    ...(sound ? ['-f', 'lavfi', '-i', 'aevalsrc=0.3*sin(440*t)+0.1*random(0):s=48000:c=stereo'] : []),
    ...['-t', '30', '-c:v', 'copy', ...(sound ? soundEncoding() : []), at('clip.mp4')],
  );
  const clips = Array.from({ length: 10 }, (_, clip) => at(`clip-${sound ? 's' : 'n'}${clip}.mp4`));
  for (const clip of clips) await copyFile(at('clip.mp4'), clip);
  return clips;
}

async function plainSeconds(studio: Studio, clips: readonly string[]): Promise<number> {
  const list = join(studio.folder, 'list.txt');
  await writeFile(list, clips.map((clip) => `file '${clip}'\n`).join(''));
  const output = join(studio.folder, 'plain.mp4');
  const start = performance.now();
  await studio
    .ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', output)
    .catch((error: Error) => {
      // Plain concat complains about the clips' priming and goes on.
      if (!/[Nn]on-monoton/.test(error.message)) throw error;
    });
  const seconds = (performance.now() - start) / 1000;
  if ((await stat(output)).size === 0) throw new Error('nothing was joined');
  return seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
