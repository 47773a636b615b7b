import fc from 'fast-check';
import type {
  AnyStage,
  Clause,
  ConditionNode,
  Destination,
  FromStage,
  MapStage,
  Operand,
  Pipeline,
  QuantityValue,
  Range,
  ReduceStage,
  Script,
  Setting,
  Span,
  Stage,
  Statement,
  Value,
  Word,
} from '../../dsl/ast.ts';
import { durationText, tidySeconds } from '../../dsl/build/duration.ts';
import { isForbidden } from '../../dsl/normalise/forbidden.ts';
import { vocabulary } from './a-vocabulary.ts';

/** Everything that PQL can be made of, and things that it cannot, in any order. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...vocabulary.keys()),
      fc.constantFrom(
        ...[...vocabulary.values()].flatMap(({ clauses }) => [...clauses]),
        'TO',
        'AS',
        'EXPLAIN',
        'OVERWRITE',
        'ANALYZE',
        'FROM',
        'videos',
        'GROUP',
        'SHOTS',
        'OF',
        'WHERE',
        'AND',
        'OR',
        'NOT',
        'IN',
        'CONTAINS',
        'BETWEEN',
        'IS',
        'KNOWN',
        'ORDER',
        'BY',
        'DESC',
        'LIMIT',
        'PAGE',
        'MAP',
        'REDUCE',
        'AT',
        'MOST',
        'START',
        'MAPREDUCE',
      ),
      fc.constantFrom('<', '<=', '>', '>=', '!=', '<>', 'duration', 'width'),
      fc.constantFrom(
        'intro',
        'v12',
        '_',
        'teal-orange',
        'crawler.delay',
        'out.mp4',
        '../x',
        '/etc/x',
        'concat:a|b',
        '名前',
        '-x',
        'a--b',
        '@U1',
        '#x',
      ),
      fc.constantFrom(
        '8s',
        '250ms',
        '1m30s',
        '00:01:30.5',
        '2h',
        '1/48s',
        'f/2.8',
        '1920x1080',
        '16:9',
        '-14LUFS',
        '+0.3',
        '40%',
        '52.37,4.89',
        '2027-01-31',
        '2x',
        '1e309s',
        '1e3',
        '7/0',
        '60 fps',
      ),
      fc.constantFrom(
        ...';|,+=?()[]',
        '..',
        '...',
        '--',
        '\n',
        ' ',
        '\t',
        '"',
        "'",
        '"a b"',
        '“x”',
        '„',
        '»',
        '\\',
        '{',
        '^',
        '’',
        '…',
        '—',
        '–',
        '×',
      ),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '\u202e',
        '\u200b',
        '\ufeff',
        '\u00a0',
        'Т',
        'Α',
        '😀',
        '👩‍👧',
        'e\u0301',
        '&amp;',
        '<https://x|x>',
        '<@U1|n>',
        '```',
      ),
      fc.constantFrom('https://example.com/x?y=1&z=2', 'http://[::1]/x', 'a://'),
    ),
    { maxLength: 40 },
  )
  .chain((parts) => fc.constantFrom('', ' ').map((joint) => parts.join(joint)));

const span: Span = { start: 0, end: 0 };

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,8}(-[a-z0-9]{1,4})?$/),
  fc.constantFrom(
    '_',
    'v12',
    'g7',
    'хлеб',
    '名前',
    'Ängste',
    'to',
    'as',
    'upscale',
    'stitch',
    'overwrite',
    'explain',
  ),
);
/** Where a keyword would be read as one. */
const plainName = name.filter(
  (text) => ![...vocabulary.keys(), ...keywordsAll()].includes(text.toUpperCase()),
);

function keywordsAll(): string[] {
  return [
    'TO',
    'AS',
    'OVERWRITE',
    'EXPLAIN',
    ...[...vocabulary.values()].flatMap(({ clauses, subjects }) => [...clauses, ...subjects.flat()]),
  ];
}

const word = (text: fc.Arbitrary<string>): fc.Arbitrary<Word> => text.map((each) => ({ text: each, span }));

const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((value) =>
    [...value].every(
      (character) => !isForbidden(character.codePointAt(0) ?? 0) && !'\r\ufeff'.includes(character),
    ),
  )
  .map((value) => ({ type: 'text' as const, value, span }));

const duration: fc.Arbitrary<QuantityValue> = fc
  .oneof(
    fc.double({ min: 0, max: 200_000, noNaN: true }),
    fc.integer({ min: 0, max: 100_000 }),
    fc.constantFrom(0.25, 1.5, 90, 3600, 3660.1),
  )
  .map(tidySeconds)
  .map((value) => ({ type: 'quantity', value, unit: 's', text: durationText(value), span }));

const quantity: fc.Arbitrary<QuantityValue> = fc
  .tuple(
    fc.integer({ min: -9999, max: 9999 }),
    fc.constantFrom('x', 'fps', 'mm', 'K', 'LUFS', 'dB', '%', 'km', 'p', 'parsec'),
  )
  .map(([value, unit]) => ({
    type: 'quantity',
    value: value / 10,
    unit,
    text: `${value / 10}${unit}`,
    span,
  }));

const path = fc
  .constantFrom(
    'out/film.mp4',
    '../x',
    '/etc/x',
    'clips/a-b.mov',
    'intro.mp4',
    '~/x',
    'C:\\x',
    'a/b--c.mp4',
    '01-intro.mp4',
  )
  .map((value) => ({ type: 'path' as const, value, span }));

const url = fc
  .constantFrom('https://example.com/x?y=1&z=2', 'http://localhost:8080/a(b)', 'https://u:p@example.com/é')
  .map((value) => ({ type: 'url' as const, value, span }));

const reference = (names: fc.Arbitrary<string>) =>
  names.map((each) => ({ type: 'reference' as const, name: each, span }));

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => {
  const value = each === 0 ? 0 : each;
  return { type: 'number' as const, value, text: String(value), span };
});

const amount: fc.Arbitrary<Value> = fc.oneof(
  number,
  duration,
  quantity,
  fc.record({
    type: fc.constant('size' as const),
    width: fc.nat(9999),
    height: fc.nat(9999),
    span: fc.constant(span),
  }),
  fc.constantFrom<Value>(
    { type: 'ratio', width: 16, height: 9, span },
    { type: 'ratio', width: 2.39, height: 1, span },
    { type: 'point', latitude: 52.37, longitude: -4.89, span },
    { type: 'point', latitude: 52, longitude: 4, span },
    { type: 'date', value: '2027-01-31', span },
    { type: 'quantity', value: 2.8, unit: 'f', text: 'f/2.8', span },
    { type: 'quantity', value: 1 / 48, unit: 's', text: '1/48s', span },
  ),
);

const single: fc.Arbitrary<Value> = fc.oneof(text, amount, path, url, reference(plainName));

const setting: fc.Arbitrary<Setting> = fc.record({
  word: word(fc.constantFrom('lens', 'aperture', 'move', 'grade')),
  value: fc.oneof(single, fc.constant(null)),
  span: fc.constant(span),
});

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc
      .array(setting, { minLength: 1, maxLength: 3 })
      .map((settings) => ({ type: 'settings' as const, settings, span })),
  },
);

const range: fc.Arbitrary<Range> = fc
  .tuple(fc.option(duration), fc.option(duration))
  .filter(([from, to]) => from !== null || to !== null)
  .map(([from, to]) => ({ type: 'range', from, to, span }));

const destination: fc.Arbitrary<Destination> = fc.record({
  type: fc.constant('destination' as const),
  path: fc.oneof(path, text),
  url: fc.option(url),
  overwrite: fc.boolean(),
  span: fc.constant(span),
});

const jobs = [...vocabulary.keys()].filter(
  (verb) => (vocabulary.get(verb)?.subjects.length ?? 0) === 0 && vocabulary.get(verb)?.operands,
);

/** A stage whose operands and clauses are unmistakable: what the parser decides by looking ahead has tests of its own. */
const stage = (pipeline: fc.Arbitrary<Pipeline>): fc.Arbitrary<Stage> =>
  fc.constantFrom(...jobs).chain((verb) => {
    const clauses = [...(vocabulary.get(verb)?.clauses ?? [])].filter(
      (each) => each !== 'TO' && each !== 'AS',
    );
    const operand: fc.Arbitrary<Operand> = fc.record({
      type: fc.constant('operand' as const),
      value: fc.oneof(
        { maxDepth: 1 },
        { weight: 8, arbitrary: fc.oneof(reference(plainName), text, path, url) },
        { weight: 1, arbitrary: pipeline },
      ),
      range: fc.option(range),
      span: fc.constant(span),
    });
    const sources = vocabulary.get(verb)?.sources;
    const clause: fc.Arbitrary<Clause> = fc.constantFrom(...clauses, 'NOTIFY').chain((each) =>
      fc.record({
        type: fc.constant('clause' as const),
        word: word(fc.constant(each)),
        values: fc.array<Value>(sources?.has(each) ? operand : value, { minLength: 1, maxLength: 3 }),
        span: fc.constant(span),
      }),
    );
    return fc.record({
      type: fc.constant('stage' as const),
      verb: word(fc.constant(verb)),
      subject: fc.constant([]),
      operands: fc.array(operand, { minLength: 1, maxLength: 3 }),
      clauses: fc.array(clause, { maxLength: 3 }),
      to: fc.option(destination),
      as: fc.option(word(name)),
      span: fc.constant(span),
    });
  });

const field = word(
  fc.constantFrom('duration', 'width', 'created', 'prompt', 'sound', 'from', 'crawler.delay'),
);
/** What cannot be taken for a word of the condition itself. */
const literal: fc.Arbitrary<Value> = fc.oneof(
  text,
  amount,
  path,
  url,
  reference(fc.constantFrom('h264', 'v1', 'done')),
);

const { condition } = fc.letrec<{ condition: ConditionNode }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    fc.oneof(
      fc.record({
        type: fc.constant('compare' as const),
        field,
        op: fc.constantFrom(
          '=' as const,
          '!=' as const,
          '<' as const,
          '<=' as const,
          '>' as const,
          '>=' as const,
        ),
        value: literal,
        span: fc.constant(span),
      }),
      fc.record({ type: fc.constant('known' as const), field, span: fc.constant(span) }),
      fc.record({ type: fc.constant('flag' as const), field, span: fc.constant(span) }),
      fc.record({ type: fc.constant('contains' as const), field, value: text, span: fc.constant(span) }),
      fc.record({
        type: fc.constant('between' as const),
        field,
        from: amount,
        to: amount,
        span: fc.constant(span),
      }),
      fc.record({
        type: fc.constant('in' as const),
        field,
        values: fc.array(literal, { maxLength: 3 }),
        span: fc.constant(span),
      }),
    ),
    // What AND joins is never an AND itself: the parser makes one of them.
    fc
      .record({
        type: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
        span: fc.constant(span),
      })
      .map((node) => ({
        ...node,
        of: node.of.flatMap((each) => (each.type === node.type ? each.of : [each])),
      })),
    tie('condition').map((of): ConditionNode => (of.type === 'not' ? of.of : { type: 'not', of, span })),
  ),
}));

const count = fc
  .integer({ min: 0, max: 99 })
  .map((value) => ({ type: 'number' as const, value, text: String(value), span }));

/** A collection, clips, a group or a list; a single clip is always an id, since its name might be a keyword. */
const from: fc.Arbitrary<FromStage> = fc.record({
  type: fc.constant('from' as const),
  verb: word(fc.constant('FROM')),
  source: fc.oneof(
    word(fc.constantFrom('g7', 'g12')).map((id) => ({ type: 'group' as const, id, span })),
    fc
      .array(fc.oneof(reference(fc.constantFrom('videos', 'v1', 'hd')), text, path), {
        minLength: 1,
        maxLength: 3,
      })
      .chain((values) =>
        fc.tuple(...values.map(() => fc.option(range))).map((ranges) => ({
          type: 'operands' as const,
          operands: values.map((value, index) => ({
            type: 'operand' as const,
            value,
            range: ranges[index] ?? null,
            span,
          })),
          span,
        })),
      ),
    fc.option(range).map((each) => ({
      type: 'list' as const,
      verb: { text: 'SHOTS', span },
      operand: {
        type: 'operand' as const,
        value: { type: 'reference' as const, name: 'v1', span },
        range: each,
        span,
      },
      span,
    })),
  ),
  where: fc.option(condition),
  order: fc.array(fc.record({ field, descending: fc.boolean(), span: fc.constant(span) }), { maxLength: 2 }),
  limit: fc.option(count),
  page: fc.option(count),
  as: fc.option(word(fc.constantFrom('mine', 'list'))),
  span: fc.constant(span),
});

const map = (pipeline: fc.Arbitrary<Pipeline>): fc.Arbitrary<MapStage> =>
  fc.record({
    type: fc.constant('map' as const),
    verb: word(fc.constant('MAP')),
    body: pipeline,
    atMost: fc.option(count),
    as: fc.constant(null),
    span: fc.constant(span),
  });

const reduce = (pipeline: fc.Arbitrary<Pipeline>): fc.Arbitrary<ReduceStage> =>
  fc.record({
    type: fc.constant('reduce' as const),
    verb: word(fc.constant('REDUCE')),
    by: fc.option(field),
    body: pipeline,
    as: fc.constant(null),
    span: fc.constant(span),
  });

const { pipeline } = fc.letrec<{ pipeline: Pipeline; plain: Pipeline }>((tie) => ({
  plain: fc
    .array(stage(tie('plain')), { minLength: 1, maxLength: 2 })
    .map((stages) => ({ type: 'pipeline' as const, stages, span })),
  pipeline: fc
    .oneof(
      { weight: 3, arbitrary: fc.array(stage(tie('plain')), { minLength: 1, maxLength: 3 }) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(from, fc.array(fc.oneof(map(tie('plain')), reduce(tie('plain'))), { maxLength: 2 }))
          .map(([first, rest]): AnyStage[] => [first, ...rest]),
      },
    )
    .map((stages) => ({ type: 'pipeline' as const, stages, span })),
}));

const statement: fc.Arbitrary<Statement> = fc
  .record({ explained: fc.constantFrom('', 'EXPLAIN', 'EXPLAIN ANALYZE'), pipeline })
  .map(({ explained, pipeline }) => ({
    type: 'statement',
    explain: explained !== '',
    analyze: explained === 'EXPLAIN ANALYZE',
    pipeline,
    span,
  }));

/** Scripts as trees; all their places are 0. */
export const script: fc.Arbitrary<Script> = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements) => ({ type: 'script', statements, span }));
