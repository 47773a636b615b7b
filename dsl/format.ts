import type { Vocabulary } from '../grammar/vocabulary.ts';
import type { Statement } from './ast.ts';
import { parse, type Token } from './parse.ts';
import { printPrefix, printStatement, stageWords } from './print.ts';

/** The canonical layout of a file: statements as `print` spells them, long ones broken before `|`, comments kept, single empty lines between paragraphs
 * kept. A text with diagnostics comes back as it is, since part of it was not understood. */
export function format(source: string, vocabulary: Vocabulary): string {
  const { script, comments, diagnostics, tokens } = parse(source, vocabulary);
  if (diagnostics.length > 0) return source;
  const ends = tokens.filter(({ type }) => type === 'Semicolon').map(({ span }) => span.end);
  const blocks: Block[] = script.statements.map((statement) => blockOf(source, statement, comments, ends));
  const placed = new Set(
    blocks.flatMap(({ inner, trailing }) => [...inner, ...(trailing === null ? [] : [trailing])]),
  );
  for (const comment of comments) {
    if (placed.has(comment)) continue;
    blocks.push({
      start: comment.span.start,
      end: comment.span.end,
      inner: [comment],
      trailing: null,
      text: '',
    });
  }
  blocks.sort((one, other) => one.start - other.start);
  return blocks
    .map((block, index) => (spaced(source, blocks[index - 1], block) ? '\n' : '') + written(block))
    .join('');
}

/** A statement with the comments that belong to it, or a comment alone. */
interface Block {
  start: number;
  /** Behind its `;` and its trailing comment. */
  end: number;
  /** Comments in the middle of the statement; they move in front of it. */
  inner: Token[];
  /** A comment behind it on its last line. */
  trailing: Token | null;
  text: string;
}

/** Longest line that is not broken, in characters. */
const widest = 100;

function blockOf(
  source: string,
  statement: Statement,
  comments: readonly Token[],
  ends: readonly number[],
): Block {
  const { start } = statement.span;
  const semicolon = ends.find((end) => end > statement.span.end - 1) ?? statement.span.end;
  const inner = comments.filter(({ span }) => span.start > start && span.start < semicolon);
  const after = comments.find(({ span }) => span.start >= semicolon);
  const trails = after !== undefined && /^[ \t\u00a0;]*$/.test(source.slice(semicolon, after.span.start));
  return {
    start,
    end: trails ? after.span.end : semicolon,
    inner,
    trailing: trails ? after : null,
    text: `${broken(statement)};`,
  };
}

function broken(statement: Statement): string {
  const line = printStatement(statement);
  if (line.length < widest) return line;
  return (
    printPrefix(statement) +
    statement.pipeline.stages.map((stage) => filled(stageWords(stage))).join('\n  | ')
  );
}

/** The parts of a stage, on as few lines as they fit. */
function filled(words: readonly string[]): string {
  return words.reduce((text, word) => {
    const line = text.slice(text.lastIndexOf('\n') + 1);
    return line.length + 1 + word.length < widest ? `${text} ${word}` : `${text}\n    ${word}`;
  });
}

function written({ inner, trailing, text }: Block): string {
  const before = inner.map((comment) => `${commentText(comment)}\n`).join('');
  const behind = trailing === null ? '' : ` ${commentText(trailing)}`;
  return text === '' ? before : `${before}${text}${behind}\n`;
}

function commentText({ text }: Token): string {
  return text.trimEnd();
}

/** Whether an empty line stood between two blocks. */
function spaced(source: string, before: Block | undefined, block: Block): boolean {
  if (before === undefined) return false;
  return /\n[ \t\r\u00a0]*\n/.test(source.slice(before.end, block.start));
}
