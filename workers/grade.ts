import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GradeArguments } from '../dsl/arguments.ts';
import { Failure } from '../engine/failure.ts';
import type { Prober } from '../engine/prober.ts';
import { readCube } from './ffmpeg/cube.ts';
import { damageNote } from './ffmpeg/damage.ts';
import { carriedRecipe } from './ffmpeg/encoding.ts';
import { framesOf, gradeArguments } from './ffmpeg/grade-arguments.ts';
import { gradeFilters, grainFilters } from './ffmpeg/grade-filters.ts';
import { runFfmpeg } from './ffmpeg/run.ts';
import { toneMapNote } from './ffmpeg/tone-map.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import type { Handler } from './handler.ts';

/** GRADE: colours, lens and shutter of a clip by ffmpeg's filters in one pass; its sound is kept. */
export function createGrade(tools: MediaTools, prober: Prober): Handler<GradeArguments> {
  return async (args, desk) => {
    const input = desk.inputs.find(({ role }) => role === 'operand');
    if (input?.facts.kind !== 'video')
      throw new Failure('user', 'PQL439', 'GRADE needs a clip', { hint: 'GRADE v1 TEMPERATURE 5600K' });
    const { facts } = input;
    const table = desk.inputs.find(({ role }) => role === 'lut');
    if (args.lut && !table)
      throw new Failure('user', 'PQL436', 'the .cube file is missing', { hint: 'LUT "film.cube"' });
    const perSecond = facts.rate.num / facts.rate.den;
    // Named relative to scratch, where ffmpeg is started: no path of a stranger's stands in a filter.
    const cube = table ? 'table.cube' : null;
    if (table) await writeFile(join(desk.scratch, 'table.cube'), await readCube(table.path), { flag: 'wx' });
    const size = { width: even(facts.width), height: even(facts.height) };
    const filters = {
      colour: gradeFilters(args, { rate: perSecond, ...size }, cube),
      grain: grainFilters(args.grain),
    };
    const file = join(desk.scratch, 'graded.mp4');
    const frames = framesOf(facts);
    const run = await runFfmpeg(
      tools,
      gradeArguments({ path: input.path, facts }, filters, file, desk.recipe),
      {
        doing: 'grading',
        signal: desk.signal,
        cwd: desk.scratch,
        frames,
        onProgress: (progress) =>
          desk.progress({
            fraction: Math.min(0.99, progress.frames / frames),
            ...(progress.fps > 0
              ? { fps: progress.fps, secondsLeft: (frames - progress.frames) / progress.fps }
              : {}),
          }),
      },
    );
    const { note } = carriedRecipe(desk.recipe);
    const range = toneMapNote('the clip', facts);
    const damage = damageNote('the clip', run.damage, facts.audio ? 'picture or sound' : 'picture');
    const notes = [
      ...(args.shutter !== null && args.shutter * perSecond < 0.5
        ? ['the shutter is shorter than half a frame: a clip cannot become sharper than it was filmed']
        : []),
      ...(range === null ? [] : [range]),
      ...(damage === null ? [] : [damage]),
      ...(note === null ? [] : [note]),
    ];
    return {
      file,
      kind: 'video',
      facts: await prober.probe(file, desk.signal),
      notes,
      details: { filters: [...filters.colour, ...filters.grain] },
    };
  };
}

function even(side: number): number {
  return Math.max(2, side - (side % 2));
}
