import { type CstNode, type ParserMethod, tokenMatcher } from 'chevrotain';
import { ConditionRules, inQuery } from './condition-rules.ts';
import { keyword } from './keyword.ts';
import { endsStage, isMisfit, isWord, type Surroundings, startsStatement } from './lookahead.ts';
import {
  isKey,
  startsField,
  startsGroupSource,
  startsListSource,
  startsQuery,
  startsSource,
  startsTerm,
} from './query-lookahead.ts';
import { As, Comma, Dotted, LeftParen, Misfit, Numeral, Plus, Word } from './tokens.ts';

/** What may follow REDUCE and MAP is fed by them. */
const fed = [true, true] as const;

/** The rules of FROM, MAP and REDUCE. Words such as WHERE are no tokens of their own, since a clip may be called `where`: their place tells. */
export abstract class QueryRules extends ConditionRules {
  declare operand: ParserMethod<[], CstNode>;
  declare more: ParserMethod<[Surroundings?], CstNode>;
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
          this.MANY({
            GATE: () => tokenMatcher(this.LA(1), Plus),
            DEF: () => this.SUBRULE(this.more, { ARGS: [inQuery] }),
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
    return nested || !(startsStatement(this.peek, this.vocabulary, inQuery.shape) || startsQuery(this.peek));
  }
}
