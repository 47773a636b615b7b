import type { Palette } from '../palette.ts';
import { clip, columnsOf, fillTo, oneLine } from '../width.ts';
import type { Candidate } from './line-editor.ts';

/** What can stand at the cursor, one a line with what it means, at most `rows - 3` of them. */
export function completionList(
  candidates: readonly Candidate[],
  columns: number,
  rows: number,
  palette: Palette,
): string[] {
  const room = Math.max(1, rows - 3);
  const shown = candidates.length > room ? candidates.slice(0, Math.max(1, room - 1)) : candidates;
  const width = Math.min(
    Math.max(...shown.map((candidate) => columnsOf(candidate.text))),
    Math.max(8, Math.floor(columns / 2)),
  );
  const lines = shown.map(
    ({ text, help }) =>
      `  ${palette.strong(fillTo(oneLine(text), width))}  ${palette.dim(clip(oneLine(help), columns - width - 5))}`,
  );
  if (shown.length < candidates.length)
    lines.push(palette.dim(`  … ${candidates.length - shown.length} more; type another letter`));
  return lines;
}
