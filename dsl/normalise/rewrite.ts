import type { Diagnostic } from '../diagnostic.ts';
import { chatMarkAt } from './chat-marks.ts';
import { isControl, isDirection, isForbidden, isInvisible, isSurrogate } from './forbidden.ts';
import { latinLookAlike } from './look-alikes.ts';
import type { Piece } from './position-map.ts';
import { closersOf } from './quotes.ts';
import { forbiddenCharacters, invisibleCharacter, lookAlike } from './report-characters.ts';
import { plainSign } from './typography.ts';
import { createWriter, type Writer } from './writer.ts';

export interface RewriteOptions {
  chat: boolean;
  keywords: ReadonlySet<string>;
}

type Report = (diagnostic: Diagnostic) => void;

/** Goes through a text once: words and signs are made plain, texts in quotes and comments are kept but for what no text may hold. */
export function rewrite(
  source: string,
  options: RewriteOptions,
  report: Report,
): { text: string; pieces: Piece[] } {
  const writer = createWriter();
  const step = { source, options, report, writer };
  let offset = 0;
  if (source.charCodeAt(0) === 0xfeff) {
    writer.replace(1, '');
    offset = 1;
  }
  while (offset < source.length) {
    const character = source.charAt(offset);
    if (character === '"' || character === "'") offset = quoted(step, offset, character, true);
    else if (closersOf(character) !== undefined)
      offset = quoted(step, offset, closersOf(character) ?? '', false);
    else offset = startsComment(source, offset) ? comment(step, offset) : plain(step, offset);
  }
  return writer.finish();
}

interface Step {
  source: string;
  options: RewriteOptions;
  report: Report;
  writer: Writer;
}

/** A word, or one sign. Returns where the next one starts, as its siblings do. */
function plain(step: Step, offset: number): number {
  const { source, writer } = step;
  wordRun.lastIndex = offset;
  const word = wordRun.exec(source)?.[0];
  if (word !== undefined) {
    writeWord(step, offset, word);
    return offset + word.length;
  }
  const handled = special(step, offset, false);
  if (handled > 0) return offset + handled;
  const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
  const sign = plainSign(character, source.charAt(offset - 1), source.charAt(offset + character.length));
  if (sign === null) writer.keep(character);
  else writer.replace(character.length, sign);
  return offset + character.length;
}

/** Letters, digits and the invisible characters among them; those that turn the direction of writing are refused everywhere and stay out. */
const wordRun = /(?:[\p{L}\p{M}\p{N}_]|(?![\u202a-\u202e\u2066-\u2069])\p{Cf})+/uy;

/** What holds an emoji together. */
const joiners = /^[\u200d\ufe0e\ufe0f]+$/;

function writeWord({ report, writer, options }: Step, offset: number, word: string): void {
  const span = { start: offset, end: offset + word.length };
  if (joiners.test(word) && offset > 0) {
    writer.keep(word);
    return;
  }
  let cleaned = word;
  const hidden = [...word].findIndex((character) => isInvisible(character.codePointAt(0) ?? 0));
  if (hidden >= 0) {
    cleaned = [...word].filter((character) => !isInvisible(character.codePointAt(0) ?? 0)).join('');
    const start = offset + [...word].slice(0, hidden).join('').length;
    report(invisibleCharacter(word.charCodeAt(start - offset), { start, end: start + 1 }, span, cleaned));
  }
  const latin = latinLookAlike(cleaned);
  if (latin !== null && options.keywords.has(latin.toUpperCase())) {
    report(lookAlike(cleaned, latin, span));
    cleaned = latin;
  }
  if (cleaned === word) writer.keep(word);
  else writer.replace(word.length, cleaned);
}

/** What is special in and out of quotes: chat's marks and forbidden characters. Returns how many typed characters it took, 0 for none. */
function special({ source, options, report, writer }: Step, offset: number, inText: boolean): number {
  if (options.chat) {
    const mark = chatMarkAt(source, offset, inText);
    if (mark !== null) {
      writer.replace(mark.length, mark.text);
      return mark.length;
    }
  }
  const code = source.codePointAt(offset) ?? 0;
  if (!isForbidden(code)) return 0;
  const alike = [isControl, isSurrogate, isDirection].find((test) => test(code)) ?? isControl;
  let end = offset + 1;
  while (end < source.length && alike(source.codePointAt(end) ?? 0)) end++;
  report(forbiddenCharacters(code, { start: offset, end }));
  writer.replace(end - offset, '');
  return end - offset;
}

/** A text in quotes, up to one of its closers or the end of the line. Straight quotes stay, others become straight ones. */
function quoted(step: Step, start: number, closers: string, straight: boolean): number {
  const { source, writer } = step;
  const quote = straight ? closers : '"';
  const closing = straight ? closers : closersOnLine(source, start + 1, closers);
  if (straight) writer.keep(quote);
  else writer.replace(1, quote);
  let offset = start + 1;
  while (offset < source.length) {
    const character = source.charAt(offset);
    if (character === '\n' || character === '\r') return offset;
    if (closing.includes(character)) {
      if (straight || character === quote) writer.keep(quote);
      else writer.replace(1, quote);
      return offset + 1;
    }
    offset += textCharacter(step, offset, quote);
  }
  return offset;
}

function textCharacter(step: Step, offset: number, quote: string): number {
  const { source, writer } = step;
  const handled = special(step, offset, true);
  if (handled > 0) return handled;
  const next = source.charAt(offset + 1);
  const escaped =
    source.charAt(offset) === '\\' && next !== '' && !isForbidden(source.codePointAt(offset + 1) ?? 0);
  const length =
    escaped && next !== '\n' && next !== '\r'
      ? 2
      : String.fromCodePoint(source.codePointAt(offset) ?? 0).length;
  const text = source.slice(offset, offset + length);
  if (text === quote) writer.replace(1, `\\${quote}`);
  else writer.keep(text);
  return length;
}

/** The quotes that close a text opened by a curly one: its own partners, or straight ones if none of them is left on the line. */
function closersOnLine(source: string, start: number, closers: string): string {
  const line = /[^\r\n]*/y;
  line.lastIndex = start;
  const rest = line.exec(source)?.[0] ?? '';
  return [...closers].some((closer) => rest.includes(closer)) ? closers : '"';
}

/** Whether `--` (or a dash that stands for it) opens a comment; within a name or path it does not. */
function startsComment(source: string, offset: number): boolean {
  const dash = source.startsWith('--', offset) ? 2 : '—―'.includes(source.charAt(offset)) ? 1 : 0;
  if (dash === 0)
    return (
      source.charAt(offset) === '–' &&
      plainSign('–', source.charAt(offset - 1), source.charAt(offset + 1)) === '--'
    );
  return !(
    /[\p{L}\p{N}_./:-]/u.test(source.charAt(offset - 1)) &&
    /[\p{L}\p{N}_]/u.test(source.charAt(offset + dash))
  );
}

function comment(step: Step, start: number): number {
  const { source, writer } = step;
  const typed = source.startsWith('--', start) ? 2 : 1;
  if (typed === 2) writer.keep('--');
  else writer.replace(1, '--');
  let offset = start + typed;
  while (offset < source.length && !'\r\n'.includes(source.charAt(offset))) {
    const handled = special(step, offset, true);
    if (handled === 0) writer.keep(String.fromCodePoint(source.codePointAt(offset) ?? 0));
    offset += handled || String.fromCodePoint(source.codePointAt(offset) ?? 0).length;
  }
  return offset;
}
