import { type Cell, cellsOf } from './columns.ts';
import type { Diagnostic, Fix } from './diagnostic.ts';

/** Colours for a terminal; each gives its text back with the codes around it. */
export interface DiagnosticPaint {
  strong(text: string): string;
  dim(text: string): string;
  bad(text: string): string;
  good(text: string): string;
}

const noPaint: DiagnosticPaint = {
  strong: (text) => text,
  dim: (text) => text,
  bad: (text) => text,
  good: (text) => text,
};

/** All diagnostics as people read them, with an empty line between two. */
export function renderDiagnostics(
  source: string,
  diagnostics: readonly Diagnostic[],
  paint: DiagnosticPaint = noPaint,
): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(source, diagnostic, paint)).join('\n');
}

/** The layout of pql.md §5: code and message, the line, a caret under what is wrong, what was expected, how to mend it. Each line ends with a line feed. */
export function renderDiagnostic(
  source: string,
  diagnostic: Diagnostic,
  paint: DiagnosticPaint = noPaint,
): string {
  const { code, message, span, found, expected, hint, fix } = diagnostic;
  const place = lineAt(source, span.start);
  const number = String(place.number);
  const gutter = Math.max(4, number.length);
  const bar = (label: string) => paint.dim(`${label.padStart(gutter)} |`);
  const note = (text: string) => `${' '.repeat(gutter)} = ${text}`;
  const { line, caret } = excerpt(place.text, span.start - place.start, span.end - place.start);
  return [
    `${paint.bad(code)}  ${paint.strong(oneLine(message))}`,
    `${bar(number)} ${line}`.trimEnd(),
    `${bar('')} ${caret.before}${paint.bad(caret.marks)}${found === undefined ? '' : ` ${paint.bad(`found ${oneLine(withoutFound(found))}`)}`}`,
    ...(expected === undefined ? [] : [note(`expected ${oneLine(expected)}`)]),
    ...(hint === undefined ? [] : [note(`hint: ${oneLine(hint)}`)]),
    ...(fix === undefined ? [] : [note(paint.good(`fix: ${fixText(source, fix)}`))]),
    '',
  ].join('\n');
}

/** Widest excerpt of a source line, in terminal columns; longer ones show the part around the caret. */
const widest = 96;

interface Place {
  /** From 1. */
  number: number;
  start: number;
  text: string;
}

function lineAt(source: string, offset: number): Place {
  const breaks = /\r\n|\r|\n/g;
  let [number, start] = [1, 0];
  for (
    let match = breaks.exec(source);
    match !== null && match.index + match[0].length <= offset;
    match = breaks.exec(source)
  ) {
    number++;
    start = match.index + match[0].length;
  }
  const end = /[\r\n]|$/g;
  end.lastIndex = start;
  return { number, start, text: source.slice(start, end.exec(source)?.index) };
}

/** The line as shown, and the caret line up to and with its marks. Offsets count in the line. */
function excerpt(
  text: string,
  start: number,
  end: number,
): { line: string; caret: { before: string; marks: string } } {
  const cells = cellsOf(nearby(text, start)).map((cell) => ({
    ...cell,
    offset: cell.offset + nearbyStart(start),
  }));
  const first = Math.max(0, firstShown(cells, start));
  const before = widthOf(cells.slice(first).filter((cell) => endOf(cells, cell) <= start));
  const marked = widthOf(cells.filter((cell) => endOf(cells, cell) > start && cell.offset < end));
  const [line, cutEnd] = cut(cells.slice(first));
  const lead = first > 0 || nearbyStart(start) > 0 ? '…' : '';
  const room = Math.max(1, widest - before);
  return {
    line: lead + line + (cutEnd || nearbyStart(start) + 4 * widest < text.length ? '…' : ''),
    caret: {
      before: ' '.repeat(before + lead.length),
      marks: '^'.repeat(Math.min(Math.max(1, marked), room)),
    },
  };
}

/** Only the part of a line near the caret is looked at: a line may be a megabyte long. */
function nearby(text: string, start: number): string {
  return text.slice(nearbyStart(start), nearbyStart(start) + 4 * widest);
}

function nearbyStart(start: number): number {
  return start <= 2 * widest ? 0 : start - widest;
}

/** Index of the first cell to show, so that the caret is in sight. */
function firstShown(cells: readonly Cell[], start: number): number {
  const upTo = cells.filter((cell) => cell.offset <= start);
  if (widthOf(upTo) <= (widest * 3) / 4) return 0;
  let width = 0;
  for (let index = upTo.length - 1; index >= 0; index--) {
    width += upTo[index]?.width ?? 0;
    if (width > widest / 2) return index;
  }
  return 0;
}

function cut(cells: readonly Cell[]): [string, boolean] {
  let [line, width] = ['', 0];
  for (const cell of cells) {
    width += cell.width;
    if (width > widest) return [line, true];
    line += cell.text;
  }
  return [line, false];
}

function endOf(cells: readonly Cell[], cell: Cell): number {
  return cells[cells.indexOf(cell) + 1]?.offset ?? Number.POSITIVE_INFINITY;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function fixText(source: string, { span, text }: Fix): string {
  if (text === '') return `remove ${oneLine(source.slice(span.start, span.end)).trim()}`;
  return span.start === span.end ? `insert ${oneLine(text).trim()}` : oneLine(text);
}

/** Some say `found …` themselves. */
function withoutFound(found: string): string {
  return found.replace(/^found /, '');
}

/** Safe and on one line, at most 200 characters. */
function oneLine(text: string): string {
  const shown = cellsOf(text.slice(0, 400)).map((cell) => cell.text);
  return shown.length > 200 || text.length > 400 ? `${shown.slice(0, 199).join('')}…` : shown.join('');
}
