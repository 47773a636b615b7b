import { keyword } from '../../grammar/keyword.ts';
import type { Lexed } from '../../grammar/lexer.ts';
import type { Catalogue } from '../catalogue.ts';
import { settingsOf } from '../help.ts';
import type { CommandOperation, Operation, Variant } from '../operation.ts';
import { clauseOf } from '../read-clauses.ts';

type Token = Lexed['tokens'][number];

/** What is wanted where the cursor stands. */
export interface Place {
  wants: 'verb' | 'subject' | 'operand' | 'clause' | 'value' | 'setting' | 'path' | 'name';
  operation: Operation | null;
  /** Words of a command's shape so far, in capitals. */
  subject: readonly string[];
  /** A pipe stands before this stage, so that operands are optional. */
  fed: boolean;
  /** What feeds it is several things: MAP and REDUCE are wanted. */
  several: boolean;
  operands: number;
  /** Clause words, or setting names, that stand there already. */
  used: ReadonlySet<string>;
  /** The clause whose value is wanted. */
  clause: string | null;
  /** The setting whose value is wanted, in lower case. */
  setting: string | null;
  /** Since FROM, where the stage is one. */
  query: readonly Token[] | null;
  /** The half-typed word under the cursor. */
  word: Token | null;
  /** The cursor is inside quotes. */
  quoted: boolean;
}

/** Reads the tokens before the cursor as far as is needed to say what may come next. */
export function placeAt(tokens: readonly Token[], cursor: number, catalogue: Catalogue): Place {
  const before = tokens.filter(({ startOffset }) => startOffset < cursor);
  const last = before.at(-1);
  const touched =
    last !== undefined && last.startOffset + last.image.length >= cursor && isWordLike(last) ? last : null;
  const quoted = last !== undefined && isOpenText(last, cursor);
  let frames: Frame[] = [newFrame(false)];
  for (const token of touched === null && !quoted ? before : before.slice(0, -1))
    frames = step(frames, token, catalogue);
  const frame = frames.at(-1)!;
  return { ...frame, used: frame.settings ?? frame.clauses, word: touched, quoted };
}

interface Frame {
  wants: Place['wants'];
  operation: Operation | null;
  subject: string[];
  fed: boolean;
  several: boolean;
  operands: number;
  clauses: Set<string>;
  clause: string | null;
  setting: string | null;
  /** Set while inside `CAMERA ( … )`. */
  settings: Set<string> | null;
  query: Token[] | null;
}

function newFrame(fed: boolean, several = false): Frame {
  return {
    wants: 'verb',
    operation: null,
    subject: [],
    fed,
    several,
    operands: 0,
    clauses: new Set(),
    clause: null,
    setting: null,
    settings: null,
    query: null,
  };
}

function step(frames: Frame[], token: Token, catalogue: Catalogue): Frame[] {
  const frame = frames.at(-1)!;
  const outer = frames.slice(0, -1);
  const { name } = token.tokenType;
  if (frame.query !== null && name !== 'Semicolon' && name !== 'Pipe') {
    // MAP and REDUCE need no pipe before them.
    if (isSetWord(token)) return [...outer, newFrame(true)];
    return [...outer, { ...frame, query: [...frame.query, token] }];
  }
  switch (name) {
    case 'Semicolon':
      return [newFrame(false)];
    case 'Pipe':
      return [...outer, newFrame(true, frame.query !== null || (frame.several && frame.operation === null))];
    case 'LeftParen': {
      const spec =
        frame.clause === null || frame.operation?.runs !== 'job'
          ? undefined
          : clauseOf(frame.operation, frame.clause);
      if (frame.wants === 'value' && spec && settingsOf(spec.type).length > 0) {
        return [...outer, { ...frame, wants: 'setting', settings: new Set() }];
      }
      // What MAP does to each is fed by it.
      return [...frames, newFrame(frame.operation === null && frame.fed)];
    }
    case 'RightParen':
      if (frame.settings !== null)
        return [...outer, { ...frame, wants: 'clause', settings: null, setting: null, clause: null }];
      if (outer.length === 0) return frames;
      return [
        ...outer.slice(0, -1),
        outer.at(-1)!.operation === null ? newFrame(true, true) : operandSeen(outer.at(-1)!),
      ];
    case 'Comma':
      return [...outer, { ...frame, wants: frame.settings === null ? 'value' : 'setting', setting: null }];
    case 'Plus':
      return [...outer, { ...frame, wants: 'operand' }];
    case 'Question':
      return [...outer, { ...frame, wants: 'path' }];
    case 'Equals':
      return frames;
    default:
      return [...outer, isWordLike(token) ? wordSeen(frame, token, catalogue) : thingSeen(frame)];
  }
}

function wordSeen(frame: Frame, token: Token, catalogue: Catalogue): Frame {
  const word = keyword(token.image);
  const { operation } = frame;
  if (operation === null) {
    if (word === 'FROM' && !frame.fed) return { ...frame, query: [] };
    if (isSetWord(token)) return { ...frame, several: false };
    const prefix = word === 'EXPLAIN' || (word === 'ANALYZE' && !catalogue.has(word));
    return prefix ? frame : verbSeen(frame, catalogue.get(word) ?? null);
  }
  if (frame.wants === 'setting') {
    const setting = word.toLowerCase();
    return { ...frame, wants: 'value', setting, settings: new Set([...(frame.settings ?? []), setting]) };
  }
  if (frame.settings !== null) return thingSeen(frame);
  if (operation.runs === 'command') return commandWord(frame, operation, word, token.image);
  if (frame.wants !== 'path' && frame.wants !== 'name') {
    if (word === 'TO') return { ...frame, wants: 'path', clause: null };
    if (word === 'AS') return { ...frame, wants: 'name', clause: null };
    if (word === 'OVERWRITE') return { ...frame, wants: 'clause', clause: null };
    const spec = clauseOf(operation, word);
    if (spec !== undefined) {
      const wants = spec.type.count[1] === 0 ? 'clause' : 'value';
      return { ...frame, wants, clause: word, clauses: new Set([...frame.clauses, word]) };
    }
  }
  return thingSeen(frame);
}

function verbSeen(frame: Frame, operation: Operation | null): Frame {
  if (operation === null) return { ...frame, wants: 'verb' };
  if (operation.runs === 'command') {
    const subjects = operation.variants.some(({ subject }) => subject.length > 0);
    return { ...frame, operation, wants: operation.settings ? 'clause' : subjects ? 'subject' : 'operand' };
  }
  return { ...frame, operation, wants: frame.fed && operation.takes.what === 'media' ? 'clause' : 'operand' };
}

function commandWord(
  frame: Frame,
  operation: Operation & { runs: 'command' },
  word: string,
  image: string,
): Frame {
  if (operation.settings) return { ...frame, wants: 'value', clause: image };
  const spec = variantOf(operation, frame.subject)?.clauses?.[word];
  if (spec !== undefined) {
    const wants = spec.type.count[1] === 0 ? 'clause' : 'value';
    return { ...frame, wants, clause: word, clauses: new Set([...frame.clauses, word]) };
  }
  const subject = [...frame.subject, word];
  const fits = operation.variants.filter((variant) =>
    subject.every((each, index) => variant.subject[index] === each),
  );
  if (frame.wants !== 'subject' || fits.length === 0) return thingSeen(frame);
  const more = fits.some((variant) => variant.subject.length > subject.length);
  return { ...frame, subject, wants: more ? 'subject' : 'operand' };
}

function isSetWord(token: Token): boolean {
  return isWordLike(token) && ['MAP', 'REDUCE'].includes(keyword(token.image));
}

/** The shape of a command that these words choose. */
export function variantOf(operation: CommandOperation, subject: readonly string[]): Variant | undefined {
  const words = subject.join(' ');
  return operation.variants.find((each) => each.subject.join(' ') === words);
}

/** A value, an operand or a name is complete; clauses come next. */
function thingSeen(frame: Frame): Frame {
  if (frame.settings !== null)
    return { ...frame, wants: frame.wants === 'value' ? 'setting' : frame.wants, setting: null };
  if (frame.wants === 'operand' || frame.wants === 'subject') return operandSeen(frame);
  return frame.operation === null ? frame : { ...frame, wants: 'clause', clause: null };
}

function operandSeen(frame: Frame): Frame {
  return { ...frame, wants: 'clause', operands: frame.operands + 1, clause: null };
}

function isWordLike(token: Token): boolean {
  return ['Word', 'Dotted', 'Explain', 'To', 'As', 'Overwrite', 'Path'].includes(token.tokenType.name);
}

/** Whether the cursor stands between the quotes of this text. */
function isOpenText(token: Token, cursor: number): boolean {
  const { name } = token.tokenType;
  const end = token.startOffset + token.image.length;
  return (name === 'Text' && cursor < end) || (name === 'UnterminatedText' && cursor <= end);
}
