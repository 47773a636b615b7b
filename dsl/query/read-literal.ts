import type { Value } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { identifier } from '../identifier.ts';
import { suggest } from '../suggest.ts';
import { byteUnits } from '../values/byte-amount.ts';
import { found } from '../values/found.ts';
import { plain } from '../values/quantity.ts';
import type { Field, FieldType } from './collection.ts';
import type { Literal } from './query.ts';

/** A value in the field's base units. `day` marks a time that means a whole day: 2026-11-28. */
export type ReadLiteral = { value: Literal; day: boolean } | { problem: Diagnostic };

/** Reads what a field is compared with. */
export function readLiteral(value: Value, field: Field): ReadLiteral {
  const read = readers[field.type](value, field);
  if (read === null) return { problem: wrongType(value, field) };
  return typeof read === 'object' ? read : { value: read, day: false };
}

/** A value, or a problem of its own, or null where it is of another type. */
type Reader = (value: Value, field: Field) => Literal | ReadLiteral | null;

const readers: Readonly<Record<FieldType, Reader>> = {
  seconds: (value, field) => amount(value, field, (unit) => (unit === 's' ? 1 : null), 's'),
  rate: (value, field) => amount(value, field, (unit) => (unit === 'fps' ? 1 : null), 'fps'),
  bytes: (value, field) => amount(value, field, (unit) => byteUnits[unit.toLowerCase()] ?? null, 'MB'),
  number(value, field) {
    if (value.type === 'number') return Number.isFinite(value.value) ? value.value : null;
    // `height >= 1080p` reads as people say it.
    return value.type === 'quantity' && value.unit === 'p' && field.name === 'height' ? value.value : null;
  },
  time(value) {
    if (value.type === 'date') return { value: `${value.value}T00:00:00.000Z`, day: true };
    if (value.type !== 'text' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value.value)) return null;
    const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(value.value) ? value.value : `${value.value}Z`;
    const time = Date.parse(zoned);
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  },
  id(value) {
    const text = worded(value);
    return text !== null && identifier(text) !== null ? text.toLowerCase() : null;
  },
  text: (value) =>
    value.type === 'text' || value.type === 'reference' || value.type === 'path' ? worded(value) : null,
  word: (value, field) => oneOf(value, field),
  state: (value, field) => oneOf(value, field),
  flag(value) {
    const text = worded(value)?.toLowerCase();
    if (text === 'yes' || text === 'true' || text === 'on') return true;
    return text === 'no' || text === 'false' || text === 'off' ? false : null;
  },
};

function amount(
  value: Value,
  field: Field,
  scale: (unit: string) => number | null,
  unit: string,
): number | ReadLiteral | null {
  if (value.type === 'number' && Number.isFinite(value.value)) {
    const text = `${plain(value.value)}${unit}`;
    return {
      problem: {
        code: 'PQL204',
        message: `${field.name} needs its unit`,
        span: value.span,
        found: found(value),
        expected: expected(field),
        fix: { span: value.span, text },
      },
    };
  }
  const factor = value.type === 'quantity' ? scale(value.unit) : null;
  if (value.type !== 'quantity' || factor === null || !Number.isFinite(value.value)) return null;
  return value.value * factor;
}

function oneOf(value: Value, field: Field): string | ReadLiteral | null {
  const text = worded(value);
  if (text === null) return null;
  const word = text.toLowerCase();
  if (field.words === undefined) return text;
  if (field.words.includes(word)) return word;
  const near = suggest(text, field.words);
  return {
    problem: {
      code: 'PQL307',
      message: `${field.name} is never ${text}`,
      span: value.span,
      found: found(value),
      expected: `one of ${field.words.join(', ')}`,
      ...(near === null ? {} : { hint: `did you mean ${near}?`, fix: { span: value.span, text: near } }),
    },
  };
}

function worded(value: Value): string | null {
  if (value.type === 'reference') return value.name;
  return value.type === 'text' || value.type === 'path' ? value.value : null;
}

function wrongType(value: Value, field: Field): Diagnostic {
  return {
    code: 'PQL220',
    message: `${field.name} is ${nouns[field.type]}`,
    span: value.span,
    found: found(value),
    expected: expected(field),
  };
}

/** `a duration such as 5s or 1m30s`. */
function expected({ name, type, words }: Field): string {
  if (words !== undefined) return `one of ${words.join(', ')}`;
  if (name === 'height') return 'a number such as 1080, or 1080p';
  return examples[type];
}

const nouns: Readonly<Record<FieldType, string>> = {
  seconds: 'a length of time',
  rate: 'a frame rate',
  bytes: 'an amount of bytes',
  number: 'a number',
  time: 'a point in time',
  id: 'an id',
  text: 'a text',
  word: 'a word',
  state: 'a word',
  flag: 'either yes or no',
};

const examples: Readonly<Record<FieldType, string>> = {
  seconds: 'a duration such as 5s, 1m30s or 250ms',
  rate: 'a frame rate such as 24fps',
  bytes: 'an amount such as 500kB, 20MB or 1.5GB',
  number: 'a number such as 2 or 1920',
  time: 'a day such as 2026-11-28, or a time in quotes such as "2026-11-28T18:30"; in UTC',
  id: 'an id such as v12 or g7',
  text: 'a text in quotes such as "harbour"',
  word: 'a word such as h264',
  state: 'a word such as done',
  flag: 'yes or no',
};
