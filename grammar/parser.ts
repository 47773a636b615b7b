import { tokenMatcher } from 'chevrotain';
import { nowhere } from './clause-rules.ts';
import {
  endsStage,
  isAnalyze,
  isMisfit,
  isOwn,
  isWord,
  joinsOperand,
  type Surroundings,
  startsClause,
  startsPath,
  subjectLength,
} from './lookahead.ts';
import { isKey, startsQuery, startsSetStage } from './query-lookahead.ts';
import { QueryRules } from './query-rules.ts';
import {
  As,
  Comma,
  DotDot,
  Dotted,
  Explain,
  Flag,
  LeftBracket,
  LeftParen,
  Mention,
  Misfit,
  Numeral,
  Overwrite,
  Path,
  Pipe,
  Plus,
  Question,
  RightBracket,
  RightParen,
  Text,
  To,
  Url,
  Word,
} from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The grammar of one statement. It is wider than PQL on purpose: whatever people leave out or put in the wrong place has its production here, so
 * that the rest is still understood and the builder of the AST can say in their words what is wrong. What even that does not cover, Chevrotain's
 * own recovery skips. Rules are fields, as Chevrotain wants them; their order is that of pql.md §2. */
export class PqlParser extends QueryRules {
  constructor(vocabulary: Vocabulary, options: { validate?: boolean } = {}) {
    super(vocabulary, options);
    this.performSelfAnalysis();
  }

  /** Statements up to a `;`: one, unless somebody forgot the `;` between two. */
  statements = this.RULE('statements', () => {
    this.SUBRULE(this.statement);
    this.MANY({ GATE: () => isWord(this.LA(1)), DEF: () => this.SUBRULE2(this.statement) });
  });

  statement = this.RULE('statement', () => {
    this.either([
      {
        ALT: () => {
          this.CONSUME(Explain);
          this.OPTION({ GATE: () => isAnalyze(this.peek, this.vocabulary), DEF: () => this.CONSUME(Word) });
          this.OPTION2(() => this.SUBRULE(this.pipeline, { ARGS: [false] }));
        },
      },
      { ALT: () => this.SUBRULE2(this.pipeline, { ARGS: [false] }) },
    ]);
  });

  pipeline = this.RULE('pipeline', (nested = false) => {
    this.OR2([
      {
        ALT: () => {
          this.SUBRULE(this.stage, { ARGS: [nested, false] });
          this.MANY({
            GATE: () => tokenMatcher(this.LA(1), Pipe) || startsSetStage(this.peek),
            DEF: () =>
              this.either([
                { ALT: () => this.SUBRULE(this.link, { ARGS: [nested] }) },
                { ALT: () => this.SUBRULE2(this.stage, { ARGS: [nested, true] }) },
              ]),
          });
        },
      },
      { ALT: () => this.AT_LEAST_ONE(() => this.SUBRULE2(this.link, { ARGS: [nested] })) },
    ]);
  });

  /** A further stage of a pipeline. */
  link = this.RULE('link', (nested = false) => {
    this.CONSUME(Pipe);
    this.OPTION({
      GATE: () => !endsStage(this.peek, nested),
      DEF: () => this.SUBRULE(this.stage, { ARGS: [nested, true] }),
    });
  });

  stage = this.RULE('stage', (nested = false, fed = false) => {
    this.either([
      { GATE: () => startsQuery(this.peek), ALT: () => this.SUBRULE(this.from, { ARGS: [nested] }) },
      { GATE: () => isKey(this.LA(1), 'MAP'), ALT: () => this.SUBRULE(this.map) },
      { GATE: () => isKey(this.LA(1), 'REDUCE'), ALT: () => this.SUBRULE(this.reduce, { ARGS: [nested] }) },
      { ALT: () => this.SUBRULE(this.call, { ARGS: [nested, fed] }) },
      {
        ALT: () => {
          this.AT_LEAST_ONE({ GATE: () => isMisfit(this.peek, nested), DEF: () => this.CONSUME(Misfit) });
          this.OPTION(() => this.SUBRULE2(this.call, { ARGS: [nested, fed] }));
        },
      },
    ]);
  });

  override call = this.RULE('call', (nested = false, fed = false) => {
    const verb = this.CONSUME(Word);
    const around: Surroundings = { shape: this.shapeOf(verb.image), nested, fed };
    this.SUBRULE(this.subject, { ARGS: [around] });
    this.OPTION({
      GATE: () =>
        around.shape.operands && (tokenMatcher(this.LA(1), Plus) || this.operandNext(around, false)),
      DEF: () => this.SUBRULE(this.operands, { ARGS: [around] }),
    });
    this.SUBRULE(this.parts, { ARGS: [around] });
  });

  /** The words that choose a variant of the verb: GROUPS in `SHOW GROUPS`. */
  subject = this.RULE('subject', (around = nowhere) => {
    let left = subjectLength(this.peek, around.shape);
    this.MANY({ GATE: () => left-- > 0, DEF: () => this.CONSUME(Word) });
  });

  override operands = this.RULE('operands', (around = nowhere) => {
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.operand);
          this.MANY({
            GATE: () => joinsOperand(this.peek, around),
            DEF: () =>
              this.OR2([
                { ALT: () => this.SUBRULE(this.more, { ARGS: [around] }) },
                { ALT: () => this.SUBRULE3(this.operand) },
              ]),
          });
        },
      },
      { ALT: () => this.AT_LEAST_ONE(() => this.SUBRULE2(this.more, { ARGS: [around] })) },
    ]);
  });

  /** A further operand; a comma is taken for the + that it should be. */
  override more = this.RULE('more', (around = nowhere) => {
    this.OR([{ ALT: () => this.CONSUME(Plus) }, { ALT: () => this.CONSUME(Comma) }]);
    this.OPTION({ GATE: () => this.operandNext(around, true), DEF: () => this.SUBRULE(this.operand) });
  });

  override operand = this.RULE('operand', () => {
    this.OR([
      { ALT: () => this.CONSUME(Word) },
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.CONSUME(Path) },
      { ALT: () => this.CONSUME(Dotted) },
      { ALT: () => this.CONSUME(Url) },
      { ALT: () => this.CONSUME(Mention) },
      { ALT: () => this.CONSUME(Flag) },
      { ALT: () => this.CONSUME(Numeral) },
      { ALT: () => this.SUBRULE(this.group) },
    ]);
    this.OPTION(() => this.SUBRULE(this.range));
  });

  override group = this.RULE('group', () => {
    this.CONSUME(LeftParen);
    this.OPTION2({
      GATE: () => !endsStage(this.peek, true),
      DEF: () => this.SUBRULE(this.pipeline, { ARGS: [true] }),
    });
    this.OPTION(() => this.CONSUME(RightParen));
  });

  range = this.RULE('range', () => {
    this.CONSUME(LeftBracket);
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(Numeral) },
        { ALT: () => this.CONSUME(DotDot) },
        { ALT: () => this.CONSUME(Comma) },
        { ALT: () => this.CONSUME(Flag) },
      ]),
    );
    this.OPTION(() => this.CONSUME(RightBracket));
  });

  /** Clauses, TO and AS in the order in which they were typed. */
  parts = this.RULE('parts', (around = nowhere) => {
    this.MANY({
      GATE: () => this.partNext(around),
      DEF: () =>
        this.either([
          { GATE: () => isOwn(this.peek, To, around.shape), ALT: () => this.SUBRULE(this.destination) },
          { GATE: () => isOwn(this.peek, As, around.shape), ALT: () => this.SUBRULE(this.alias) },
          { GATE: () => isOwn(this.peek, Overwrite, around.shape), ALT: () => this.CONSUME(Overwrite) },
          {
            GATE: () => startsClause(this.peek, around.shape),
            ALT: () => this.SUBRULE(this.clause, { ARGS: [around] }),
          },
          { ALT: () => this.CONSUME(Misfit) },
        ]),
    });
  });

  destination = this.RULE('destination', () => {
    this.CONSUME(To);
    this.OPTION({ GATE: () => startsPath(this.peek), DEF: () => this.SUBRULE(this.target) });
    this.OPTION2(() => {
      this.CONSUME(Question);
      this.OPTION3(() =>
        this.OR([
          { ALT: () => this.CONSUME(Url) },
          { ALT: () => this.CONSUME(Text) },
          { ALT: () => this.CONSUME(Path) },
          { ALT: () => this.CONSUME(Dotted) },
        ]),
      );
    });
  });

  target = this.RULE('target', () => {
    this.OR([
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.CONSUME(Path) },
      { ALT: () => this.CONSUME(Dotted) },
      { ALT: () => this.CONSUME(Word) },
      { ALT: () => this.CONSUME(Flag) },
      { ALT: () => this.CONSUME(Numeral) },
      { ALT: () => this.CONSUME(Url) },
      { ALT: () => this.CONSUME(Mention) },
    ]);
  });

  override alias = this.RULE('alias', () => {
    this.CONSUME(As);
    this.OPTION(() => this.CONSUME(Word));
  });
}
