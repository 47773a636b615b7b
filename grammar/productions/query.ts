import { choice, many, optional, type Production, rule, type Shape, sequence, terminal } from './shape.ts';

const words = (...texts: string[]): Shape => sequence(...texts.map(terminal));
const field = rule('name');
const listOf = (item: Shape): Shape => sequence(item, many(sequence(terminal(','), item)));

/** The rules of queries as people should read them. Their words are no tokens of their own, since none is reserved, so the parser's own rules say
 * `word` where these say which. */
export const queryProductions: Readonly<Record<string, Production['body']>> = {
  pipeline: sequence(rule('stage'), many(sequence(optional(terminal('|')), rule('stage')))),
  stage: choice([rule('call'), rule('from'), rule('map'), rule('reduce')]),
  from: sequence(
    choice([terminal('FROM'), words('START', 'MAPREDUCE', 'IN')]),
    rule('source'),
    optional(sequence(terminal('WHERE'), rule('condition'))),
    optional(sequence(words('ORDER', 'BY'), listOf(sequence(field, optional(terminal('DESC')))))),
    optional(sequence(terminal('LIMIT'), rule('number'))),
    optional(sequence(terminal('PAGE'), rule('number'))),
    optional(rule('alias')),
  ),
  source: choice([
    rule('name'),
    sequence(optional(terminal('PIPELINE')), terminal('GROUP'), rule('name')),
    sequence(rule('verb'), terminal('OF'), rule('operand')),
    sequence(rule('operand'), many(sequence(terminal('+'), rule('operand')))),
  ]),
  condition: sequence(rule('conjunction'), many(sequence(terminal('OR'), rule('conjunction')))),
  conjunction: sequence(rule('term'), many(sequence(terminal('AND'), rule('term')))),
  term: sequence(
    optional(terminal('NOT')),
    choice([sequence(terminal('('), rule('condition'), terminal(')')), rule('comparison')]),
  ),
  comparison: sequence(
    field,
    optional(
      choice([
        sequence(choice(['=', '!=', '<', '<=', '>', '>='].map(terminal)), rule('value')),
        sequence(
          optional(terminal('NOT')),
          terminal('IN'),
          terminal('('),
          listOf(rule('value')),
          terminal(')'),
        ),
        sequence(optional(terminal('NOT')), terminal('CONTAINS'), rule('text')),
        sequence(
          optional(terminal('NOT')),
          terminal('BETWEEN'),
          rule('value'),
          terminal('AND'),
          rule('value'),
        ),
        sequence(terminal('IS'), optional(terminal('NOT')), terminal('KNOWN')),
      ]),
    ),
  ),
  map: sequence(terminal('MAP'), rule('group'), optional(sequence(words('AT', 'MOST'), rule('number')))),
  reduce: sequence(
    terminal('REDUCE'),
    optional(sequence(terminal('BY'), field)),
    choice([rule('call'), sequence(rule('group'), optional(rule('alias')))]),
  ),
};

/** Rules of the parser that are told as parts of those. */
export const withinQueries: ReadonlySet<string> = new Set([
  ...['link', 'opening', 'groupSource', 'listSource', 'where', 'order', 'sort', 'limit', 'page'],
  ...['test', 'choices', 'atMost', 'by'],
]);
