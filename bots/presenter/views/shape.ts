import type { CardView, Told } from '../card-view.ts';
import { cutLines, cutTo, plainLine, plainText } from '../plain.ts';

/** Columns of a table or an explanation in a code block: what a phone held sideways shows. */
export const blockColumns = 76;

/** In UTF-16 code units. */
export const mostInBlock = 2400;
const most = { title: 100, pql: 1000, line: 300, lines: 12, block: mostInBlock, footnote: 200 };

/** A view within the limits that `CardView` promises, of texts as they came. */
export function shaped(view: Partial<CardView> & Pick<CardView, 'tone' | 'title'>): CardView {
  const lines = (view.lines ?? []).filter((line) => line !== '');
  const shown = lines.length <= most.lines ? lines : [...lines.slice(0, most.lines - 1), moreLines(lines)];
  const { pql = null, block = null, footnote = null } = view;
  return {
    asked: null,
    progress: null,
    media: null,
    buttons: [],
    ...view,
    title: cutTo(plainLine(view.title), most.title),
    pql: pql === null ? null : cutPql(plainText(pql).trimEnd()),
    lines: shown.map((line) => cutTo(plainLine(line), most.line)),
    record: (view.record ?? []).slice(0, most.lines).map((line) => line.map(wordOf)),
    block: block === null ? null : cutLines(plainText(block).trimEnd(), most.block),
    footnote: footnote === null ? null : cutTo(plainLine(footnote), most.footnote),
  };
}

/** A text of any length as a title and what follows it: a title ends where a sentence does, and nothing of what is told is cut off. */
export function titled(text: string): Pick<CardView, 'title' | 'lines'> {
  if (text.length <= most.title) return { title: text, lines: [] };
  const ends = [...text.matchAll(/[.;:] /g)].map(({ index }) => index + 1).filter((end) => end <= most.title);
  const end = ends.at(-1);
  if (end === undefined) return { title: text, lines: [text] };
  return { title: text.slice(0, end).replace(/[;:]$/, ''), lines: [text.slice(end).trim()] };
}

function wordOf(told: Told): Told {
  return typeof told === 'string' ? cutTo(plainText(told).replaceAll('\n', ' '), most.line) : told;
}

function moreLines(lines: readonly string[]): string {
  return `… and ${lines.length - most.lines + 1} more lines`;
}

function cutPql(text: string): string {
  if (text.length <= most.pql) return text;
  const cut = cutTo(text, most.pql - 60);
  return `${cut}\n-- ${text.length - cut.length} more characters`;
}
