import type { Value } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { JsonObject } from '../json.ts';
import { found } from './found.ts';
import type { Place, Reading, ValueType } from './value-type.ts';

/** An amount with a unit, its range in the units people write (percent, not fractions). */
export interface QuantitySpec {
  noun: string;
  /** Canonical unit as the parser gives it: s, x, fps, mm, f, K, %; null for a bare number. */
  unit: string | null;
  /** `a factor such as 2x, 3x or 4x`. */
  expected: string;
  usage: string;
  min: number;
  max: number;
  /** True when `min` itself is not allowed. */
  above?: boolean;
  whole?: boolean;
  /** Exactly these are allowed. */
  choices?: readonly number[];
  /** Stands in where nothing of what was typed can be kept. */
  example: number;
  /** Also allowed: a bare number (`DENOISE 20`) or, for bare numbers, a percentage. */
  also?: 'number' | '%';
  /** A plan keeps value × scale: 0.01 turns percent to fractions. */
  scale?: number;
  /** Spells an amount in canonical PQL; without, number and unit. */
  spell?: (amount: number) => string;
  /** Says what to do when the amount is out of range. */
  hint?: string;
}

/** Makes the type of an amount: reads it, refuses other units with the applicable fix, keeps it within its range. */
export function quantity(spec: QuantitySpec): ValueType<number> {
  const scale = spec.scale ?? 1;
  const spell = spec.spell ?? ((amount: number) => plain(amount) + (spec.unit ?? ''));
  const inRange = (amount: number): boolean =>
    Number.isFinite(amount) &&
    (spec.above ? amount > spec.min : amount >= spec.min) &&
    amount <= spec.max &&
    (!spec.whole || Number.isInteger(amount)) &&
    (spec.choices === undefined || spec.choices.includes(amount));

  const checked = (value: Value, amount: number, place: Place): Reading<number> =>
    inRange(amount)
      ? { value: scaled(amount, scale) }
      : { problems: [outOfRange(spec, spell, value, amount, place)] };

  return {
    noun: spec.noun,
    expected: spec.expected,
    usage: spec.usage,
    count: [1, 1],
    words: () => [],
    schema: schemaOf(spec, scale),
    print: (value) => spell(scaled(value, 1 / scale)),
    read(values, place) {
      const value = values[0]!;
      const kept = (amount: number): string => spell(inRange(amount) ? amount : spec.example);
      if (value.type === 'quantity') {
        if (value.unit === spec.unit || (spec.unit === null && spec.also === value.unit)) {
          return checked(value, value.value, place);
        }
        return {
          problems: [
            {
              code: value.unit in knownUnits ? 'PQL221' : 'PQL222',
              message:
                value.unit in knownUnits
                  ? `${place.label} wants ${withArticle(spec.noun)}`
                  : `nobody here knows the unit ${value.unit}`,
              span: value.span,
              found: found(value),
              expected: spec.expected,
              fix: { span: value.span, text: kept(value.value) },
            },
          ],
        };
      }
      if (value.type === 'number') {
        if (spec.unit === null || spec.also === 'number') return checked(value, value.value, place);
        return {
          problems: [
            {
              code: 'PQL204',
              message: `${withArticle(spec.noun)} needs its unit`,
              span: value.span,
              found: found(value),
              expected: spec.expected,
              fix: { span: value.span, text: kept(value.value) },
            },
          ],
        };
      }
      return { problems: [wrongType(spec, value, place, spell(spec.example))] };
    },
  };
}

/** The diagnostic for a value of another type. */
export function wrongType(
  type: { noun: string; expected: string },
  value: Value,
  place: Place,
  replacement: string | null,
): Diagnostic {
  return {
    code: 'PQL220',
    message: `${place.label} wants ${withArticle(type.noun)}`,
    span: value.span,
    found: found(value),
    expected: type.expected,
    ...(replacement === null ? {} : { fix: { span: value.span, text: replacement } }),
  };
}

/** `a factor`, `an aperture`, `camera settings`. */
export function withArticle(noun: string): string {
  if (noun.endsWith('settings')) return noun;
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

const knownUnits: Readonly<Record<string, true>> = {
  s: true,
  x: true,
  fps: true,
  mm: true,
  f: true,
  K: true,
  LUFS: true,
  dB: true,
  '%': true,
  km: true,
  m: true,
  p: true,
};

function outOfRange(
  spec: QuantitySpec,
  spell: (amount: number) => string,
  value: Value,
  amount: number,
  place: Place,
): Diagnostic {
  const nearest = nearestIn(spec, amount);
  const range = spec.choices
    ? `one of ${spec.choices.map(spell).join(', ')}`
    : `${spec.above ? 'more than' : 'from'} ${spell(spec.min)} ${spec.above ? 'and at most' : 'to'} ${spell(spec.max)}`;
  return {
    code: 'PQL401',
    message: `${place.label} is out of range`,
    span: value.span,
    found: found(value),
    expected: `${withArticle(spec.noun)}, ${range}${spec.whole && !spec.choices ? ', without a fraction' : ''}`,
    ...(spec.hint === undefined ? {} : { hint: spec.hint }),
    fix: { span: value.span, text: spell(nearest) },
  };
}

/** What was meant, as near as the range allows. */
function nearestIn(spec: QuantitySpec, amount: number): number {
  if (Number.isNaN(amount)) return spec.example;
  if (spec.choices) {
    return spec.choices.reduce((best, choice) =>
      Math.abs(choice - amount) < Math.abs(best - amount) ? choice : best,
    );
  }
  if (amount > spec.max) return spec.max;
  if (amount < spec.min || (spec.above && amount === spec.min)) return spec.above ? spec.example : spec.min;
  return spec.whole ? Math.round(amount) : amount;
}

/** Multiplies without the dust of binary fractions: 35 % is 0.35, not 0.35000000000000003. */
function scaled(amount: number, scale: number): number {
  return scale === 1 ? amount : Number((amount * scale).toPrecision(12));
}

/** A number as people write it: never with an exponent. */
export function plain(amount: number): string {
  const text = String(amount);
  if (!text.includes('e')) return text;
  return amount.toFixed(Math.abs(amount) < 1 ? 12 : 0).replace(/\.?0+$/, '');
}

function schemaOf(spec: QuantitySpec, scale: number): JsonObject {
  if (spec.choices) return { enum: spec.choices.map((choice) => scaled(choice, scale)) };
  return {
    type: spec.whole ? 'integer' : 'number',
    [spec.above ? 'exclusiveMinimum' : 'minimum']: scaled(spec.min, scale),
    maximum: scaled(spec.max, scale),
  };
}
