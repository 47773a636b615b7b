import type { IToken } from 'chevrotain';
import type { DateValue, NumberValue, PointValue, QuantityValue, RatioValue, SizeValue } from '../ast.ts';
import { type Building, spanOf } from './building.ts';
import { describe } from './describe.ts';
import { clockSeconds, compoundSeconds, durationText, secondsIn, tidySeconds } from './duration.ts';
import { canonicalUnit } from './unit.ts';

export type Numeral = NumberValue | QuantityValue | SizeValue | RatioValue | PointValue | DateValue;

type Bare<T> = T extends unknown ? Omit<T, 'span'> : never;

/** Reads a number with whatever makes it more than a number; reports one that is too large to be computed with, and days that are in no calendar. */
export function buildNumeral(building: Building, token: IToken, image = token.image): Numeral {
  const value = read(token.tokenType.name, image);
  const span = spanOf(building, token);
  if (numbersOf(value).some((number) => !Number.isFinite(number))) {
    building.report({
      code: 'PQL211',
      message:
        token.tokenType.name === 'Fraction' ? 'nothing can be divided by zero' : 'the number is too large',
      span,
      found: describe(token),
      expected: 'a number that can be computed with',
    });
    return { type: 'number', value: 0, text: '0', span };
  }
  if (value.type === 'date' && !isDay(value.value)) {
    building.report({
      code: 'PQL215',
      message: 'there is no such day',
      span,
      found: value.value,
      expected: 'a day such as 2027-01-31',
    });
  }
  return { ...value, span };
}

/** A quantity in seconds, with its one spelling. */
export function seconds(value: number): Bare<QuantityValue> {
  return { type: 'quantity', value, unit: 's', text: durationText(value) };
}

function read(type: string, image: string): Bare<Numeral> {
  switch (type) {
    case 'Day':
      return { type: 'date', value: image };
    case 'Size': {
      const [width, height] = image.toLowerCase().split('x').map(Number) as [number, number];
      return { type: 'size', width, height };
    }
    case 'Ratio': {
      const [width, height] = image.split(':').map(Number) as [number, number];
      return { type: 'ratio', width, height };
    }
    case 'Point': {
      const [latitude, longitude] = image.split(',').map((part) => plain(Number(part))) as [number, number];
      return { type: 'point', latitude, longitude };
    }
    case 'Clock':
      return seconds(clockSeconds(image));
    case 'Compound':
      return seconds(compoundSeconds(image));
    case 'FStop': {
      const stop = Number(image.slice(2));
      return { type: 'quantity', value: stop, unit: 'f', text: `f/${stop}` };
    }
    case 'Fraction':
      return fraction(image);
    default:
      return amount(image);
  }
}

/** `1/48s` keeps its two numbers, since 0.0208333 says less. */
function fraction(image: string): Bare<NumberValue | QuantityValue> {
  const [, above, below, typed = ''] = /^([\d.]+)\/([\d.]+)(.*)$/.exec(image) as unknown as [
    string,
    string,
    string,
    string?,
  ];
  const value = Number(above) / Number(below);
  const written = `${Number(above)}/${Number(below)}`;
  const inSeconds = secondsIn.get(typed.toLowerCase());
  if (typed === '') return { type: 'number', value, text: written };
  if (inSeconds === undefined)
    return { type: 'quantity', value, unit: canonicalUnit(typed), text: written + canonicalUnit(typed) };
  return { type: 'quantity', value: value * inSeconds, unit: 's', text: written + typed.toLowerCase() };
}

function amount(image: string): Bare<NumberValue | QuantityValue> {
  const [, digits, typed] = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)(.*)$/su.exec(
    image,
  ) as unknown as [string, string, string];
  const value = plain(Number(digits));
  const written = digits.startsWith('+') ? `+${value}` : String(value);
  if (typed === '') return { type: 'number', value, text: written };
  const inSeconds = secondsIn.get(typed.toLowerCase());
  if (inSeconds !== undefined) return seconds(tidySeconds(value * inSeconds));
  return { type: 'quantity', value, unit: canonicalUnit(typed), text: written + canonicalUnit(typed) };
}

/** Without the sign of minus nothing. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}

function numbersOf(value: Bare<Numeral>): number[] {
  switch (value.type) {
    case 'size':
    case 'ratio':
      return [value.width, value.height];
    case 'point':
      return [value.latitude, value.longitude];
    case 'date':
      return [];
    default:
      return [value.value];
  }
}

function isDay(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
