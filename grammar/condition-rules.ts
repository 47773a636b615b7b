import { tokenMatcher } from 'chevrotain';
import { ClauseRules } from './clause-rules.ts';
import { keyword } from './keyword.ts';
import { isWord, type Surroundings } from './lookahead.ts';
import { isKey, queryWords, startsLiteral, startsTerm } from './query-lookahead.ts';
import { Comma, Compare, Equals, LeftParen, RightParen, Word } from './tokens.ts';

/** What a query is read in: its words end a value. */
export const inQuery: Surroundings = {
  shape: {
    subjects: [],
    operands: false,
    clauses: new Set([...queryWords, 'AND', 'OR', 'NOT']),
    sources: new Set(),
  },
  nested: false,
  fed: false,
};

/** The rules of what stands behind WHERE. AND binds before OR, NOT before AND. */
export abstract class ConditionRules extends ClauseRules {
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
    this.SUBRULE(this.value, { ARGS: [inQuery] });
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
                DEF: () => this.SUBRULE2(this.value, { ARGS: [inQuery] }),
              });
            },
          },
          {
            GATE: () => this.testNext(),
            ALT: () => this.SUBRULE(this.test),
          },
          {
            GATE: () => !isWord(this.LA(1)) && startsLiteral(this.peek),
            ALT: () => this.SUBRULE3(this.value, { ARGS: [inQuery] }),
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
              this.SUBRULE(this.value, { ARGS: [inQuery] });
              this.OPTION2({
                GATE: () => between && isKey(this.LA(1), 'AND'),
                DEF: () => {
                  this.CONSUME2(Word);
                  this.OPTION3({
                    GATE: () => startsLiteral(this.peek),
                    DEF: () => this.SUBRULE2(this.value, { ARGS: [inQuery] }),
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
        { GATE: () => startsLiteral(this.peek), ALT: () => this.SUBRULE(this.value, { ARGS: [inQuery] }) },
      ]),
    );
    this.OPTION(() => this.CONSUME(RightParen));
  });

  private signNext(): boolean {
    return tokenMatcher(this.LA(1), Compare) || tokenMatcher(this.LA(1), Equals);
  }

  private testNext(): boolean {
    return isKey(this.LA(1), 'NOT', 'IS', 'IN', 'CONTAINS', 'BETWEEN');
  }
}
