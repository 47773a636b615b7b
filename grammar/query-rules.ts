import { type CstNode, type ParserMethod, tokenMatcher } from 'chevrotain';
import { ClauseRules } from './clause-rules.ts';
import { keyword } from './keyword.ts';
import { endsStage, isMisfit, isWord, type Surroundings, startsStatement } from './lookahead.ts';
import {
  isKey,
  queryWords,
  startsField,
  startsGroupSource,
  startsListSource,
  startsLiteral,
  startsQuery,
  startsSource,
  startsTerm,
} from './query-lookahead.ts';
import {
  As,
  Comma,
  Compare,
  Dotted,
  Equals,
  LeftParen,
  Misfit,
  Numeral,
  Plus,
  RightParen,
  Word,
} from './tokens.ts';
import type { VerbShape } from './vocabulary.ts';

/** What ends a value in a query. */
const shape: VerbShape = {
  subjects: [],
  operands: false,
  clauses: new Set([...queryWords, 'AND', 'OR', 'NOT']),
};

const around: Surroundings = { shape, nested: false, fed: false };

/** What may follow REDUCE and MAP is fed by them. */
const fed = [true, true] as const;

/** The rules of FROM, MAP and REDUCE. Words such as WHERE are no tokens of their own, since a clip may be called `where`: their place tells. */
export abstract class QueryRules extends ClauseRules {
  declare operand: ParserMethod<[], CstNode>;
  declare group: ParserMethod<[], CstNode>;
  declare alias: ParserMethod<[], CstNode>;
  declare call: ParserMethod<[boolean?, boolean?], CstNode>;

  from = this.RULE('from', (nested = false) => {
    this.SUBRULE(this.opening);
    this.OPTION({ GATE: () => startsSource(this.peek), DEF: () => this.SUBRULE(this.source) });
    this.MANY({
      GATE: () => this.queryPartNext(nested),
      DEF: () =>
        this.either([
          { GATE: () => isKey(this.LA(1), 'WHERE'), ALT: () => this.SUBRULE(this.where) },
          { GATE: () => isKey(this.LA(1), 'ORDER'), ALT: () => this.SUBRULE(this.order) },
          { GATE: () => isKey(this.LA(1), 'LIMIT'), ALT: () => this.SUBRULE(this.limit) },
          { GATE: () => isKey(this.LA(1), 'PAGE'), ALT: () => this.SUBRULE(this.page) },
          { GATE: () => tokenMatcher(this.LA(1), As), ALT: () => this.SUBRULE(this.alias) },
          { ALT: () => this.CONSUME(Word) },
          { ALT: () => this.CONSUME(Misfit) },
        ]),
    });
  });

  /** `FROM`, or `START MAPREDUCE IN`. */
  opening = this.RULE('opening', () => {
    this.CONSUME(Word);
    this.OPTION({ GATE: () => isKey(this.LA(1), 'MAPREDUCE'), DEF: () => this.CONSUME2(Word) });
    this.OPTION2({ GATE: () => isKey(this.LA(1), 'IN'), DEF: () => this.CONSUME3(Word) });
  });

  source = this.RULE('source', () => {
    this.either([
      { GATE: () => startsGroupSource(this.peek), ALT: () => this.SUBRULE(this.groupSource) },
      { GATE: () => startsListSource(this.peek), ALT: () => this.SUBRULE(this.listSource) },
      {
        ALT: () => {
          this.SUBRULE(this.operand);
          this.MANY(() => {
            this.CONSUME(Plus);
            this.SUBRULE2(this.operand);
          });
        },
      },
    ]);
  });

  /** `GROUP g7`, `PIPELINE GROUP g7`. */
  groupSource = this.RULE('groupSource', () => {
    this.CONSUME(Word);
    this.OPTION({ GATE: () => isKey(this.LA(1), 'GROUP'), DEF: () => this.CONSUME2(Word) });
    this.OPTION2({ GATE: () => startsField(this.peek), DEF: () => this.CONSUME3(Word) });
  });

  /** `SHOTS OF v1`. */
  listSource = this.RULE('listSource', () => {
    this.CONSUME(Word);
    this.CONSUME2(Word);
    this.OPTION({ GATE: () => startsSource(this.peek), DEF: () => this.SUBRULE(this.operand) });
  });

  where = this.RULE('where', () => {
    this.CONSUME(Word);
    this.OPTION({ GATE: () => startsTerm(this.peek), DEF: () => this.SUBRULE(this.condition) });
  });

  condition = this.RULE('condition', () => {
    this.SUBRULE(this.conjunction);
    this.MANY({
      GATE: () => isKey(this.LA(1), 'OR'),
      DEF: () => {
        this.CONSUME(Word);
        this.OPTION({ GATE: () => startsTerm(this.peek), DEF: () => this.SUBRULE2(this.conjunction) });
      },
    });
  });

  conjunction = this.RULE('conjunction', () => {
    this.SUBRULE(this.term);
    this.MANY({
      GATE: () => isKey(this.LA(1), 'AND'),
      DEF: () => {
        this.CONSUME(Word);
        this.OPTION({ GATE: () => startsTerm(this.peek), DEF: () => this.SUBRULE2(this.term) });
      },
    });
  });

  term = this.RULE('term', () => {
    this.MANY({ GATE: () => isKey(this.LA(1), 'NOT'), DEF: () => this.CONSUME(Word) });
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(LeftParen);
            this.OPTION2({ GATE: () => startsTerm(this.peek), DEF: () => this.SUBRULE(this.condition) });
            this.OPTION3(() => this.CONSUME(RightParen));
          },
        },
        { GATE: () => startsTerm(this.peek), ALT: () => this.SUBRULE(this.comparison) },
      ]),
    );
  });

  /** A field and what is asked of it. The value first, or nothing between the two, is told by the builder of the AST. */
  comparison = this.RULE('comparison', () => {
    this.SUBRULE(this.value, { ARGS: [around] });
    this.OPTION({
      GATE: () => this.signNext() || this.testNext() || (!isWord(this.LA(1)) && startsLiteral(this.peek)),
      DEF: () =>
        this.either([
          {
            ALT: () => {
              this.AT_LEAST_ONE(() =>
                this.OR2([{ ALT: () => this.CONSUME(Compare) }, { ALT: () => this.CONSUME(Equals) }]),
              );
              this.OPTION2({
                GATE: () => startsLiteral(this.peek),
                DEF: () => this.SUBRULE2(this.value, { ARGS: [around] }),
              });
            },
          },
          {
            GATE: () => this.testNext(),
            ALT: () => this.SUBRULE(this.test),
          },
          {
            GATE: () => !isWord(this.LA(1)) && startsLiteral(this.peek),
            ALT: () => this.SUBRULE3(this.value, { ARGS: [around] }),
          },
        ]),
    });
  });

  /** `IN (…)`, `CONTAINS "…"`, `BETWEEN a AND b`, `IS KNOWN`, each with NOT. */
  test = this.RULE('test', () => {
    let between = false;
    this.AT_LEAST_ONE({
      GATE: () => isKey(this.LA(1), 'NOT', 'IS', 'IN', 'CONTAINS', 'BETWEEN', 'KNOWN', 'UNKNOWN', 'NULL'),
      DEF: () => {
        between = keyword(this.CONSUME(Word).image) === 'BETWEEN';
      },
    });
    this.OPTION({
      GATE: () => startsLiteral(this.peek) || tokenMatcher(this.LA(1), LeftParen),
      DEF: () =>
        this.either([
          { ALT: () => this.SUBRULE(this.choices) },
          {
            ALT: () => {
              this.SUBRULE(this.value, { ARGS: [around] });
              this.OPTION2({
                GATE: () => between && isKey(this.LA(1), 'AND'),
                DEF: () => {
                  this.CONSUME2(Word);
                  this.OPTION3({
                    GATE: () => startsLiteral(this.peek),
                    DEF: () => this.SUBRULE2(this.value, { ARGS: [around] }),
                  });
                },
              });
            },
          },
        ]),
    });
  });

  /** `("h264", "hevc")`. */
  choices = this.RULE('choices', () => {
    this.CONSUME(LeftParen);
    this.MANY(() =>
      this.either([
        { ALT: () => this.CONSUME(Comma) },
        { GATE: () => startsLiteral(this.peek), ALT: () => this.SUBRULE(this.value, { ARGS: [around] }) },
      ]),
    );
    this.OPTION(() => this.CONSUME(RightParen));
  });

  order = this.RULE('order', () => {
    this.CONSUME(Word);
    this.OPTION({ GATE: () => isKey(this.LA(1), 'BY'), DEF: () => this.CONSUME2(Word) });
    this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.sort) });
  });

  sort = this.RULE('sort', () => {
    this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Dotted) }]);
    this.OPTION({
      GATE: () => isKey(this.LA(1), 'DESC', 'ASC', 'DESCENDING', 'ASCENDING'),
      DEF: () => this.CONSUME2(Word),
    });
  });

  limit = this.RULE('limit', () => {
    this.CONSUME(Word);
    this.OPTION(() => this.CONSUME(Numeral));
  });

  page = this.RULE('page', () => {
    this.CONSUME(Word);
    this.OPTION(() => this.CONSUME(Numeral));
  });

  map = this.RULE('map', () => {
    this.CONSUME(Word);
    this.OPTION({
      GATE: () =>
        tokenMatcher(this.LA(1), LeftParen) ||
        (isWord(this.LA(1)) && !isKey(this.LA(1), 'AT', 'MAP', 'REDUCE')),
      DEF: () =>
        this.OR([
          { ALT: () => this.SUBRULE(this.group) },
          { ALT: () => this.SUBRULE(this.call, { ARGS: [...fed] }) },
        ]),
    });
    this.OPTION2({ GATE: () => isKey(this.LA(1), 'AT'), DEF: () => this.SUBRULE(this.atMost) });
  });

  atMost = this.RULE('atMost', () => {
    this.CONSUME(Word);
    this.OPTION({ GATE: () => isKey(this.LA(1), 'MOST'), DEF: () => this.CONSUME2(Word) });
    this.OPTION2(() => this.CONSUME(Numeral));
  });

  reduce = this.RULE('reduce', (nested = false) => {
    this.CONSUME(Word);
    this.OPTION({ GATE: () => isKey(this.LA(1), 'BY'), DEF: () => this.SUBRULE(this.by) });
    this.OPTION2({
      GATE: () => !endsStage(this.peek, nested) && !startsQuery(this.peek),
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              this.SUBRULE(this.group);
              this.OPTION3(() => this.SUBRULE(this.alias));
            },
          },
          { ALT: () => this.SUBRULE(this.call, { ARGS: [nested, true] }) },
        ]),
    });
  });

  by = this.RULE('by', () => {
    this.CONSUME(Word);
    this.OPTION({
      GATE: () => startsField(this.peek) && !this.vocabulary.has(keyword(this.LA(1).image)),
      DEF: () => this.OR([{ ALT: () => this.CONSUME2(Word) }, { ALT: () => this.CONSUME(Dotted) }]),
    });
  });

  private queryPartNext(nested: boolean): boolean {
    if (endsStage(this.peek, nested) || isKey(this.LA(1), 'MAP', 'REDUCE')) return false;
    if (!isWord(this.LA(1))) return isMisfit(this.peek, nested);
    return nested || !(startsStatement(this.peek, this.vocabulary, shape) || startsQuery(this.peek));
  }

  private signNext(): boolean {
    return tokenMatcher(this.LA(1), Compare) || tokenMatcher(this.LA(1), Equals);
  }

  private testNext(): boolean {
    return isKey(this.LA(1), 'NOT', 'IS', 'IN', 'CONTAINS', 'BETWEEN');
  }
}
