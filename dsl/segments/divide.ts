import { type Expected, expectations, type Sample } from '../explain/expect.ts';
import type { Predicted } from '../facts.ts';
import type { JsonObject } from '../json.ts';
import type { Step, StepModel } from '../plan.ts';
import { stagesOf } from './frame-stages.ts';
import { type Pieces, piecesOf } from './pieces.ts';
import { type SegmentWork, segmentWork } from './segment-work.ts';
import { segmentsOf } from './segments.ts';

/** A job that may be long. */
export interface LongJob {
  operation: string;
  version: number;
  arguments: JsonObject;
  models: readonly StepModel[];
}

/** The operations whose work may be divided. */
export const dividedOperations: readonly string[] = Object.freeze(['enhance', 'grade', 'pass']);

/** The pieces of a job's result; null for work that is not cut: no frame work, of a clip that is not known, or of one piece. */
export function piecesOfJob({ operation, arguments: args }: LongJob, clip: Predicted | null): Pieces | null {
  const work = stagesOf(operation, args);
  const { frames, width, height, rate } = clip ?? {};
  if (work === null || args.part !== undefined) return null;
  if (frames === undefined || width === undefined || height === undefined || rate === undefined) return null;
  const pieces = piecesOf(work, { ...clip!, frames, width, height, rate });
  return pieces !== null && pieces.cuts.length > 2 ? pieces : null;
}

/** The segments that a job is divided into, in order; fewer than two where it stays one. `samples` are what the same took before. */
export function divide(job: LongJob, pieces: Pieces, samples: readonly Sample[]): SegmentWork[] {
  const seconds = expectedOf(job, pieces, samples)?.seconds ?? null;
  return segmentsOf(pieces, seconds).map((part) => segmentWork(job, pieces, part));
}

/** What all of a job will take by what segments of such work took; null where there was none. */
export function expectedOf(job: LongJob, pieces: Pieces, samples: readonly Sample[]): Expected | null {
  const { width, height, cuts } = pieces;
  const frames = cuts.at(-1)!;
  const { operation, arguments: args } = segmentWork(job, pieces, { from: 0, to: frames });
  const step: Step = {
    ...{ id: 's', operation, version: 0, arguments: args, inputs: [], models: [...job.models], lane: 'cpu' },
    ...{ gives: 'video', effect: false, name: null, statement: 0, title: '', recipe: '' },
    predicted: { kind: 'video', width, height, frames },
  };
  return expectations({ source: '', steps: [step] }, samples).get('s') ?? null;
}
