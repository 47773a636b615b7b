/** Letters and digits of a window, and of what two neighbours share: more than the longest name takes with all that may stand between its words. */
const size = 3000;
const shared = 500;

/** Where a window begins and ends in its text. */
export interface Window {
  from: number;
  to: number;
}

/** A long text in windows that overlap, so that whoever reads it can let others work between two of them. What is put between letters to hide a name is not
 * counted, so that no name is longer than what two windows share. */
export function windowsOf(text: string): Window[] {
  if (text.length <= size) return [{ from: 0, to: text.length }];
  const windows: Window[] = [];
  let from = 0;
  let next = 0;
  let count = 0;
  for (const { index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
    count += 1;
    if (count === size - shared) next = beginningNear(text, index);
    if (count < size) continue;
    windows.push({ from, to: index });
    from = next;
    count = shared;
  }
  return [...windows, { from, to: text.length }];
}

/** What was found in a window counts unless it touches where the window was cut: there it may be a part of something else, and its neighbour has it whole. */
export function isWhole(
  { start, end }: { start: number; end: number },
  { from, to }: Window,
  length: number,
): boolean {
  return (from === 0 || start > 0) && (to === length || end < to - from);
}

function beginningNear(text: string, at: number): number {
  const space = text.slice(Math.max(0, at - 100), at).search(/\s\S*$/u);
  return space === -1 ? at : Math.max(0, at - 100) + space + 1;
}
