import { createToken } from 'chevrotain';
import { Misfit, Numeral } from './categories.ts';
import { codesOf, digitCodes, sticky } from './pattern.ts';

const number = String.raw`(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;
const decimal = String.raw`\d+(?:\.\d+)?`;
const unit = String.raw`(?:%|[\p{L}µ°]+[\d²³]*)`;
/** Nothing that would make a longer word of it. */
const end = String.raw`(?![\p{L}\p{N}\p{M}_])`;

/** `2027-01-31`. */
export const Day = numeral('Day', String.raw`\d{4}-\d{2}-\d{2}${end}(?!-)`);

/** `1920x1080`. */
export const Size = numeral('Size', String.raw`\d+[xX]\d+${end}`);

/** `00:01:30.5`, `1:30.5`, `01:30`; `16:9` is a ratio. */
export const Clock = numeral(
  'Clock',
  String.raw`(?:\d+:\d{2}:\d{2}(?:\.\d+)?|\d+:\d{2}\.\d+|0\d:\d{2})${end}(?!:)`,
);

/** `16:9`, `2.39:1`. */
export const Ratio = numeral('Ratio', `${decimal}:${decimal}${end}`);

/** `52.37,4.89`: no space, and at least one decimal point, or it is a list of two numbers. */
export const Point = numeral(
  'Point',
  String.raw`[+-]?(?:\d+\.\d+,[+-]?${decimal}|\d+,[+-]?\d+\.\d+)${end}`,
  '+-',
);

/** `1/48s`, `30000/1001fps`, `1/3`. */
export const Fraction = numeral('Fraction', String.raw`${decimal}\/${decimal}${unit}?${end}(?![/\\])`);

/** `f/2.8`. */
export const FStop = numeral('FStop', String.raw`[fF]\/${decimal}${end}(?![/\\])`, 'fF');

/** `1m30s`, `1h2m3.5s`, `1d12h`. */
export const Compound = numeral('Compound', `(?:${decimal}(?:ms|d|h|m|s)){2,8}${end}`, '', 'i');

/** `4`, `+0.3`, `1e3`. */
export const Count = numeral('Count', String.raw`[+-]?${number}(?!\.?[\p{L}\p{N}\p{M}_%°µ])`, '+-.');

/** `8s`, `2x`, `-14LUFS`, `40%`. */
export const Amount = numeral('Amount', `[+-]?${number}${unit}`, '+-.');

function numeral(name: string, source: string, otherStarts = '', flags = '') {
  return createToken({
    name,
    label: 'a number',
    categories: [Numeral, Misfit],
    ...sticky(source, [...digitCodes, ...codesOf(otherStarts)], flags),
  });
}
