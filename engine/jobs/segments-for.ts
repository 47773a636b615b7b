import type { FramePart } from '../../dsl/arguments.ts';
import type { Sample } from '../../dsl/explain/expect.ts';
import { divide, type LongJob } from '../../dsl/segments/divide.ts';
import type { Pieces } from '../../dsl/segments/pieces.ts';
import { type SegmentWork, segmentRole, segmentWork } from '../../dsl/segments/segment-work.ts';
import { waysToDivide } from '../../dsl/segments/segments.ts';
import type { Queries } from '../store/port.ts';
import { workKey } from '../work-key.ts';
import type { KnownInput } from './judge.ts';

/** Beyond so many pieces, finished segments are not looked for in all ways to divide. */
const manyPieces = 4096;

/** The segments that a job is divided into, and how many of them are finished. As history says, but where segments of it are finished
 * already, as after CANCEL, in the way that goes on from the most of them. `inputs` are null where they are not made yet. */
export async function segmentsFor(
  queries: Queries,
  workspace: string,
  job: LongJob & { inputs: readonly KnownInput[] | null },
  pieces: Pieces,
  samples: readonly Sample[],
): Promise<{ segments: SegmentWork[]; finished: number }> {
  const usual = { segments: divide(job, pieces, samples), finished: 0 };
  const { inputs } = job;
  if (inputs === null || pieces.cuts.length > manyPieces) return usual;
  const ways = waysToDivide(pieces).map((parts) =>
    parts.map((part) => {
      const segment = segmentWork(job, pieces, part);
      return { segment, part, key: keyOf(job, segment, inputs) };
    }),
  );
  const rows = await queries.query<{ key: string }>(
    'select work_key as key from works where workspace = $1 and work_key = any($2::text[])',
    [workspace, ways.flat().map(({ key }) => key)],
  );
  const known = new Set(rows.map(({ key }) => key));
  let best = usual;
  let most = 0;
  for (const way of ways) {
    const finished = way.filter(({ key }) => known.has(key));
    const frames = finished.reduce((sum, { part }) => sum + lengthOf(part), 0);
    // Of equals, the way that history says.
    if (frames === 0 || frames < most || (frames === most && way.length !== usual.segments.length)) continue;
    most = frames;
    best = { segments: way.map(({ segment }) => segment), finished: finished.length };
  }
  return best;
}

function keyOf({ models }: LongJob, segment: SegmentWork, inputs: readonly KnownInput[]): string {
  const read = inputs.map(({ role, hash }) => ({ role: segmentRole(role, segment), hash }));
  return workKey({ ...segment, models, inputs: read });
}

function lengthOf({ from, to }: FramePart): number {
  return to - from;
}
