import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnhanceArguments, GradeArguments, PassStage, TrimArguments } from '../../dsl/arguments.ts';
import { Failure } from '../../engine/failure.ts';
import { readCube } from '../ffmpeg/cube.ts';
import type { Desk } from '../handler.ts';

/** A stage of frame work with all that it reads. */
export type Stage =
  | { do: 'trim'; args: TrimArguments }
  /** `cube` is the file name of a checked table of colours in scratch, one that needs no escaping. */
  | { do: 'grade'; args: GradeArguments; cube: string | null }
  | { do: 'enhance'; args: EnhanceArguments };

/** Reads what stages need beside the frames. `roleOf` names the input that is the table of the stage with this number, from 1. */
export async function openStages(
  stages: readonly PassStage[],
  desk: Pick<Desk, 'inputs' | 'scratch'>,
  roleOf: (number: number) => string,
): Promise<Stage[]> {
  const opened: Stage[] = [];
  for (const [index, stage] of stages.entries()) {
    if (stage.operation === 'trim') opened.push({ do: 'trim', args: stage.arguments });
    else if (stage.operation === 'enhance') opened.push({ do: 'enhance', args: stage.arguments });
    else {
      const table = desk.inputs.find(({ role }) => role === roleOf(index + 1));
      if (stage.arguments.lut && !table)
        throw new Failure('user', 'PQL436', 'the .cube file is missing', { hint: 'LUT "film.cube"' });
      // Named relative to scratch, where ffmpeg is started: no path of a stranger's stands in a filter.
      const cube = table ? `table-${index + 1}.cube` : null;
      if (table && cube)
        await writeFile(join(desk.scratch, cube), await readCube(table.path), { flag: 'wx' });
      opened.push({ do: 'grade', args: stage.arguments, cube });
    }
  }
  return opened;
}
