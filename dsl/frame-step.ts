import type { FrameArguments } from './arguments.ts';
import { kindOf } from './kind-of.ts';
import type { Step } from './plan.ts';
import { printOperand } from './print.ts';
import type { Source, WorkStage } from './resolved.ts';
import { namedIn, sourceClause } from './source-clause.ts';

/** What a step that takes the last frame of a clip has in common, wherever it reads the clip from; null where the work takes the thing as it is. A
 * generator is handed a picture in every case, and what it is handed can be looked at for faces. */
export function frameStep(
  source: Source,
  work: WorkStage,
):
  | (Pick<Step, 'operation' | 'version' | 'lane' | 'gives' | 'title' | 'predicted'> & {
      arguments: FrameArguments;
    })
  | null {
  const clause = sourceClause(work.operation);
  if (clause === null || kindOf(source) !== 'video') return null;
  const { range, facts } = source;
  const [operand] = namedIn(work.stage, clause);
  const size = facts?.width && facts.height ? { width: facts.width, height: facts.height } : {};
  return {
    operation: 'frame',
    version: 1,
    arguments: { from: range?.from ?? 0, to: range?.to ?? null },
    lane: 'cpu',
    gives: 'image',
    title: `LAST FRAME OF ${work.fed ?? (operand === undefined ? '_' : printOperand(operand))}`,
    predicted: { kind: 'image', ...size },
  };
}
