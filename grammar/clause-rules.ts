import { type CstNode, CstParser, type IOrAlt, type ParserMethod, tokenMatcher } from 'chevrotain';
import {
  continuesValue,
  endsSettings,
  endsStage,
  isLooseUnit,
  isSource,
  type Peek,
  type Surroundings,
  startsOperand,
  startsStatement,
  startsStatementOnLine,
  startsValue,
} from './lookahead.ts';
import { type ShapeOf, shapesOf } from './shape.ts';
import {
  allTokens,
  Comma,
  Dotted,
  Equals,
  Flag,
  LeftParen,
  Mention,
  Misfit,
  Numeral,
  Path,
  RightParen,
  Text,
  Url,
  Word,
} from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Surroundings while the grammar is recorded, when nothing is read yet. */
export const nowhere: Surroundings = {
  shape: { subjects: [], operands: true, clauses: new Set(), sources: new Set() },
  nested: false,
  fed: false,
};

/** The rules for clauses, their values and settings, and what all rules ask of the tokens ahead. */
export class ClauseRules extends CstParser {
  /** The text that the tokens came from: a verb at the start of a line counts for more. */
  text = '';
  declare operands: ParserMethod<[Surroundings?], CstNode>;
  protected readonly vocabulary: Vocabulary;
  protected readonly shapeOf: ShapeOf;
  protected readonly peek: Peek = (distance) => this.LA(distance);

  constructor(vocabulary: Vocabulary, { validate = false } = {}) {
    super(allTokens, {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: 'onlyOffset',
      skipValidations: !validate,
    });
    this.vocabulary = vocabulary;
    this.shapeOf = shapesOf(vocabulary);
  }

  clause = this.RULE('clause', (around = nowhere) => {
    this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Dotted) }]);
    this.OPTION(() => this.CONSUME(Equals));
    const takesClips = isSource(this.peek, around.shape) && !tokenMatcher(this.LA(1), Numeral);
    this.OPTION2({
      GATE: () =>
        takesClips
          ? this.operandNext(around, true)
          : this.valueNext(around, tokenMatcher(this.LA(0), Equals)),
      DEF: () =>
        this.OR2({
          DEF: [
            { GATE: () => takesClips, ALT: () => this.SUBRULE(this.operands, { ARGS: [around] }) },
            { ALT: () => this.SUBRULE(this.values, { ARGS: [around] }) },
          ],
          IGNORE_AMBIGUITIES: true,
        }),
    });
  });

  values = this.RULE('values', (around = nowhere) => {
    this.SUBRULE(this.value, { ARGS: [around] });
    this.MANY({
      GATE: () => tokenMatcher(this.LA(1), Comma) || continuesValue(this.peek),
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(Comma);
              this.OPTION({
                GATE: () => this.valueNext(around, true),
                DEF: () => this.SUBRULE2(this.value, { ARGS: [around] }),
              });
            },
          },
          { ALT: () => this.SUBRULE3(this.value, { ARGS: [around] }) },
        ]),
    });
  });

  value = this.RULE('value', (around = nowhere) => {
    this.OR([
      { ALT: () => this.CONSUME(Word) },
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.SUBRULE(this.amount, { ARGS: [around] }) },
      { ALT: () => this.CONSUME(Path) },
      { ALT: () => this.CONSUME(Dotted) },
      { ALT: () => this.CONSUME(Url) },
      { ALT: () => this.CONSUME(Mention) },
      { ALT: () => this.CONSUME(Flag) },
      { ALT: () => this.SUBRULE(this.settings, { ARGS: [around] }) },
    ]);
  });

  /** A number; a unit that a space keeps from it belongs to it all the same. */
  amount = this.RULE('amount', (around = nowhere) => {
    this.CONSUME(Numeral);
    this.OPTION({ GATE: () => isLooseUnit(this.peek, around.shape), DEF: () => this.CONSUME(Word) });
  });

  settings = this.RULE('settings', (around = nowhere) => {
    this.CONSUME(LeftParen);
    this.MANY({
      GATE: () => !endsSettings(this.peek, around.shape),
      DEF: () =>
        this.either([
          { ALT: () => this.CONSUME(Comma) },
          { ALT: () => this.SUBRULE(this.setting, { ARGS: [around] }) },
          { ALT: () => this.CONSUME(Misfit) },
        ]),
    });
    this.OPTION(() => this.CONSUME(RightParen));
  });

  setting = this.RULE('setting', (around = nowhere) => {
    this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Dotted) }]);
    this.OPTION(() => this.CONSUME(Equals));
    this.OPTION2({
      GATE: () => startsValue(this.peek, around.shape, true),
      DEF: () => this.SUBRULE(this.value, { ARGS: [around] }),
    });
  });

  /** The first alternative that fits: a keyword is a word too, and every mark is a misfit somewhere. */
  protected either(alternatives: IOrAlt<unknown>[]): void {
    this.OR({ DEF: alternatives, IGNORE_AMBIGUITIES: true });
  }

  protected partNext(around: Surroundings): boolean {
    if (endsStage(this.peek, around.nested)) return false;
    return around.nested || !startsStatement(this.peek, this.vocabulary, around.shape);
  }

  protected operandNext(around: Surroundings, afterPlus: boolean): boolean {
    return (
      startsOperand(this.peek, around, afterPlus) &&
      !startsStatementOnLine(this.peek, this.vocabulary, around.shape, this.text)
    );
  }

  protected valueNext(around: Surroundings, explicit: boolean): boolean {
    return (
      startsValue(this.peek, around.shape, explicit) &&
      !startsStatementOnLine(this.peek, this.vocabulary, around.shape, this.text)
    );
  }
}
