import type { FramePart, PassArguments } from '../arguments.ts';
import type { JsonObject } from '../json.ts';
import { isFrameLocal } from '../optimise/frame-local.ts';
import { leadOf, type Pieces } from './pieces.ts';

/** What one segment does, as the operation, version and arguments of a job. */
export interface SegmentWork {
  operation: string;
  version: number;
  arguments: JsonObject;
  /** How many stages were left out before the first: `lut of 2` is then read as `lut of 1`, or as `lut` by a stage alone. */
  dropped: number;
  alone: boolean;
}

/** Puts part of some frame work in the way that more other work has in common: where each frame depends on one frame of the clip, a TRIM
 * before it only says which frames, so that another range of the same clip recalls the segments that both have. */
export function segmentWork(
  job: { operation: string; version: number; arguments: JsonObject },
  { offset }: Pieces,
  part: FramePart,
): SegmentWork {
  const { operation, version, arguments: args } = job;
  const plain = { operation, version, arguments: { ...args, part }, dropped: 0, alone: false };
  if (operation !== 'pass') return plain;
  const { stages, shape } = args as PassArguments;
  const dropped = leadOf(stages);
  const rest = stages.slice(dropped);
  if (dropped === 0 || !rest.every(isFrameLocal)) return plain;
  const placed = { from: part.from + offset, to: part.to + offset };
  const [only] = rest;
  if (rest.length === 1 && only !== undefined && shape === null)
    return {
      ...{ operation: only.operation, version: only.version, dropped, alone: true },
      arguments: { ...only.arguments, part: placed },
    };
  return { ...plain, arguments: { stages: rest, shape, part: placed }, dropped };
}

/** The role under which a segment reads what its job reads under another. */
export function segmentRole(role: string, { dropped, alone }: SegmentWork): string {
  const [, number] = /^lut of (\d+)$/.exec(role) ?? [];
  if (number === undefined) return role;
  return alone ? 'lut' : `lut of ${Number(number) - dropped}`;
}
