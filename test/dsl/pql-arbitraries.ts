import fc from 'fast-check';
import type {
  Clause,
  Destination,
  Operand,
  Pipeline,
  QuantityValue,
  Range,
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
      ),
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
    const clause: fc.Arbitrary<Clause> = fc.record({
      type: fc.constant('clause' as const),
      word: word(fc.constantFrom(...clauses, 'NOTIFY')),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      span: fc.constant(span),
    });
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

const { pipeline } = fc.letrec<{ pipeline: Pipeline }>((tie) => ({
  pipeline: fc
    .array(stage(tie('pipeline')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((stages) => ({ type: 'pipeline' as const, stages, span })),
}));

const statement: fc.Arbitrary<Statement> = fc.record({
  type: fc.constant('statement' as const),
  explain: fc.boolean(),
  pipeline,
  span: fc.constant(span),
});

/** Scripts as trees; all their places are 0. */
export const script: fc.Arbitrary<Script> = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements) => ({ type: 'script', statements, span }));
