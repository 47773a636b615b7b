import type { IToken } from 'chevrotain';
import { keyword } from '../grammar/keyword.ts';
import { createReader } from '../grammar/reader.ts';
import { deepest, type Sentence, sentences } from '../grammar/sentences.ts';
import type { Vocabulary } from '../grammar/vocabulary.ts';
import type { Script, Span, Statement } from './ast.ts';
import type { Building } from './build/building.ts';
import { describe } from './build/describe.ts';
import { readPowers } from './build/power.ts';
import { buildStatements } from './build/statement.ts';
import { reportOpenText } from './build/text.ts';
import { reportUnread } from './build/unread.ts';
import type { Diagnostic } from './diagnostic.ts';
import { keywordsOf } from './keywords-of.ts';
import { type NormaliseOptions, normalise } from './normalise.ts';

export type ParseOptions = Pick<NormaliseOptions, 'surface'>;

/** A token with its place in the text as typed. */
export interface Token {
  /** `Word`, `Text`, `Amount`, `Comma` …: the name of its type in grammar/tokens.ts. */
  type: string;
  /** Normalised. */
  text: string;
  span: Span;
}

export interface Parsed {
  script: Script;
  diagnostics: Diagnostic[];
  /** Made when they are asked for: most callers want the script only. */
  readonly tokens: Token[];
  /** `--` to the end of the line, in the order of the text. */
  readonly comments: Token[];
}

/** Reads a text of one vocabulary. */
export type Parser = (source: string, options?: ParseOptions) => Parsed;

/** A script may have this many characters, a statement that many. */
const longestScript = 4 * 1024 * 1024;
const longestStatement = 64 * 1024;
/** Beyond this many, further problems are only counted. */
const mostDiagnostics = 200;

/** Reads a text: characters → tokens → tree → AST, sentence by sentence. Never throws; all problems are in `diagnostics`, in the order of the text, and
 * the script holds whatever could be understood all the same. */
export function parse(source: string, vocabulary: Vocabulary, options?: ParseOptions): Parsed {
  const parser = parsers.get(vocabulary) ?? createParser(vocabulary);
  parsers.set(vocabulary, parser);
  return parser(source, options);
}

/** Remembers the parser of a vocabulary: making one takes milliseconds. Nothing of a text is remembered, so `parse` stays a pure function. */
const parsers = new WeakMap<Vocabulary, Parser>();

/** Makes the parser for a vocabulary. */
export function createParser(vocabulary: Vocabulary): Parser {
  const reader = createReader(vocabulary);
  const keywords = keywordsOf(vocabulary);
  return (source, options = {}) => {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
    const whole = { start: 0, end: source.length };
    const script = (statements: Statement[]): Script => ({ type: 'script', statements, span: whole });
    const tooLong = lengthProblem(source);
    if (tooLong !== null) return { script: script([]), diagnostics: [tooLong], tokens: [], comments: [] };

    const { text, map } = normalise(source, { ...options, keywords }, report);
    const span = (start: number, end: number): Span => ({ start: map.start(start), end: map.end(end) });
    const building: Building = { vocabulary, span, report };
    const { tokens, comments } = reader.lex(text);
    const statements = sentences(usable(source, tokens, building)).flatMap((sentence) => {
      if (!isReadable(sentence, building)) return [];
      const { tree, errors } = reader.parse(text, sentence.tokens);
      const built = tree === undefined ? [] : buildStatements(building, tree);
      for (const error of errors) reportUnread(building, error, sentence.tokens);
      return built;
    });
    const place = (token: IToken): Token => ({
      type: token.tokenType.name,
      text: token.image,
      span: span(token.startOffset, token.startOffset + token.image.length),
    });
    const read = { script: script(statements), diagnostics: inOrder(diagnostics) };
    // Not enumerable, so that copying what was read does not make them.
    return Object.defineProperties(read as Parsed, {
      tokens: { get: () => tokens.map(place) },
      comments: { get: () => comments.map(place) },
    });
  };
}

/** Texts that are not even cut into tokens. A stretch without `;` is at least one statement long, whatever is in it. */
function lengthProblem(source: string): Diagnostic | null {
  if (source.length > longestScript) {
    return {
      code: 'PQL110',
      message: `a script has at most ${longestScript / 1024 / 1024} million characters`,
      span: { start: longestScript, end: source.length },
      found: `${source.length} characters`,
      hint: 'split it into several files',
    };
  }
  for (let start = 0; source.length - start > longestStatement; ) {
    const end = source.indexOf(';', start);
    if ((end < 0 ? source.length : end) - start > longestStatement)
      return tooLong(start, end < 0 ? source.length : end);
    if (end < 0) break;
    start = end + 1;
  }
  return null;
}

function tooLong(start: number, end: number): Diagnostic {
  return {
    code: 'PQL208',
    message: `a statement has at most ${longestStatement} characters`,
    span: { start: start + longestStatement, end },
    found: `${end - start} characters`,
    hint: 'end statements with ; or split this one, giving its parts names with AS',
  };
}

function isReadable(sentence: Sentence, { span, report }: Building): boolean {
  const start = sentence.tokens[0]?.startOffset ?? 0;
  if (sentence.end - start > longestStatement) {
    report(tooLong(span(start, start).start, span(start, sentence.end).end));
    return false;
  }
  if (sentence.tooDeep === null) return true;
  const { startOffset } = sentence.tooDeep;
  report({
    code: 'PQL207',
    message: `parentheses nest at most ${deepest} deep`,
    span: span(startOffset, startOffset + 1),
    found: describe(sentence.tooDeep),
    hint: 'give the inner parts names with AS and use the names',
  });
  return false;
}

/** The tokens that the parser can use; what is wrong with a token by itself is told here. */
function usable(source: string, tokens: readonly IToken[], building: Building): IToken[] {
  const powers = readPowers(tokens, building);
  let condition = false;
  return tokens.filter((token) => {
    if (powers.has(token)) return false;
    if (token.tokenType.name === 'UnterminatedText') reportOpenText(building, token);
    const { name } = token.tokenType;
    // Signs that compare mean something behind WHERE only; it ends with its statement or stage.
    if (name === 'Word' && keyword(token.image) === 'WHERE') condition = true;
    else if (name === 'Semicolon' || name === 'Pipe') condition = false;
    if (name !== 'Stray' && (name !== 'Compare' || condition)) return true;
    const at = building.span(token.startOffset, token.startOffset + token.image.length);
    // Taking it out from between two others would make one of them: 10^6 is not 106.
    const between = /\S/.test(source.charAt(at.start - 1)) && /\S/.test(source.charAt(at.end));
    building.report({
      code: 'PQL101',
      message: 'this means nothing in PQL outside quotes',
      span: at,
      found: describe(token),
      hint: between
        ? 'write it in another way, or put it in quotes'
        : 'take it out, or put the text that it belongs to in quotes',
      ...(between ? {} : { fix: { span: at, text: '' } }),
    });
    return false;
  });
}

/** In the order of the text, and no more than a person can read. */
function inOrder(diagnostics: Diagnostic[]): Diagnostic[] {
  const sorted = diagnostics.sort((one, other) => one.span.start - other.span.start);
  if (sorted.length <= mostDiagnostics) return sorted;
  const kept = sorted.slice(0, mostDiagnostics);
  const next = sorted[mostDiagnostics] as Diagnostic;
  return [
    ...kept,
    {
      code: 'PQL109',
      message: `${sorted.length - mostDiagnostics} more problems follow from here`,
      span: next.span,
    },
  ];
}
