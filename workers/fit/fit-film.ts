import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { showSeconds } from '../../dsl/amounts.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import type { Desk, Input } from '../handler.ts';
import { firstPass, secondPass } from './film-arguments.ts';
import { filmBudget, tighter } from './film-budget.ts';
import type { FitTools, Fitted } from './fitted.ts';
import { previewLabel } from './label.ts';

/** So often what came out too large is encoded again. */
const mostTries = 5;
/** A recipe that takes more of a small file is left out. */
const longestRecipe = 2000;

/** A film of at most `bytes`: H.264 and AAC in two passes, smaller where the rate asks for it, with the word PREVIEW in a corner; null when it
 * cannot be made so small. */
export async function fitFilm(
  tools: FitTools,
  input: Input & { facts: VideoFacts },
  bytes: number,
  desk: Desk,
): Promise<Fitted | null> {
  const { path, facts } = input;
  const carried = input.recipe ?? '';
  const recipe = Buffer.byteLength(carried) > longestRecipe ? '' : carried;
  const file = join(desk.scratch, 'preview.mp4');
  const statistics = join(desk.scratch, 'pass');
  let budget = filmBudget(facts, bytes, Buffer.byteLength(recipe));
  let looked: string | null = null;
  for (let attempt = 1; attempt <= mostTries; attempt++) {
    const label = previewLabel(budget.width, budget.height);
    const labelFile = join(desk.scratch, 'label.rgba');
    if (label !== null) await writeFile(labelFile, label.rgba);
    const pass = {
      path,
      facts,
      budget,
      statistics,
      label: label === null ? null : { ...label, file: labelFile },
    };
    const progress = (from: number) => (done: { seconds: number; fps: number }) =>
      desk.progress({
        fraction: Math.min(0.99, from + (done.seconds / budget.seconds) * (from === 0 ? 0.35 : 0.6)),
        fps: done.fps,
        note: attempt === 1 ? 'making a preview that fits' : 'making the preview smaller',
      });
    const doing = 'making a preview';
    const size = `${budget.width}x${budget.height}`;
    if (looked !== size)
      await runFfmpeg(tools.media, firstPass(pass), { doing, signal: desk.signal, onProgress: progress(0) });
    looked = size;
    await runFfmpeg(tools.media, secondPass(pass, file, recipe), {
      ...{ doing, signal: desk.signal, onProgress: progress(0.35) },
    });
    const made = await tools.prober.probe(file, desk.signal);
    if (made.bytes <= bytes) return { file, facts: made, says: saysOf(facts, made as VideoFacts) };
    budget = tighter(budget, made.bytes, bytes);
  }
  return null;
}

function saysOf(whole: VideoFacts, made: VideoFacts): string {
  const part = made.duration < whole.duration - 0.5 ? `the first ${showSeconds(made.duration)} ` : '';
  const size = `${made.width}×${made.height}`;
  const smaller = made.width < whole.width ? ` instead of ${whole.width}×${whole.height}` : '';
  return `a preview: ${part}at ${size}${smaller}`;
}
