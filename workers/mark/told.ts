import { durationText } from '../../dsl/build/duration.ts';
import type { Marked } from '../../engine/provenance/marked.ts';
import type { Desk, Input } from '../handler.ts';
import type { FoundMark } from './look.ts';

/** A mark, and the record that it leads back to, where there is one. */
export interface ToldMark extends FoundMark {
  made: Marked | null;
}

export interface VerifyMarks {
  /** The marks in the frames of a film or a picture; null for what has no frames. */
  readMarks(input: Input, desk: Pick<Desk, 'workspace' | 'signal'>): Promise<ToldMark[] | null>;
}

/** What is told of them to people. */
export function inFrames(marks: readonly ToldMark[] | null): string[] {
  if (marks === null) return [];
  if (marks.length === 0) return ['no mark of WatchAI in its frames'];
  return marks.map((mark) => `its frames${placeOf(mark)} bear a mark of WatchAI: ${meaningOf(mark)}`);
}

/** Where only part of a film bears it. */
function placeOf({ from, to, whole }: ToldMark): string {
  if (whole) return '';
  const text = (seconds: number) => durationText(Math.round(seconds * 10) / 10);
  return from === to ? ` at ${text(from)}` : ` from ${text(from)} to ${text(to)}`;
}

function meaningOf({ payload, made }: ToldMark): string {
  if (payload === null) return 'too weak to say of which film, and only a hint that a machine made it';
  if (made === null) return `${payload}, which nothing here is known by: only a hint that a machine made it`;
  if (!made.own) return `${payload}, made by this installation in another workspace`;
  const { media, group, recipe } = made;
  const known = [media, group === null ? null : `run ${group}`].filter((each) => each !== null);
  const by = recipe === null ? '' : `, ${recipe.split('\n', 1)[0]!.slice(0, 400)}`;
  return `${payload}, made here${known.length === 0 ? '' : ` (${known.join(', ')})`}${by}`;
}
