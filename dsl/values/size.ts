import type { Value } from '../ast.ts';
import { found } from './found.ts';
import { withArticle, wrongType } from './quantity.ts';
import type { Place, Reading, ValueType } from './value-type.ts';

export type Size = { width: number; height: number };

/** Sizes with a name; 16:9, since that is what the names mean on a screen (2K is 2048 wide as in cinema). */
const namedSizes: Readonly<Record<string, Size>> = {
  '480p': { width: 854, height: 480 },
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
  '1440p': { width: 2560, height: 1440 },
  '2160p': { width: 3840, height: 2160 },
  '2K': { width: 2048, height: 1152 },
  '4K': { width: 3840, height: 2160 },
};

const expected = 'a size such as 1280x720, 1080p, 2K or 4K';

/** Pixels a side, even (video codecs keep colour for two by two pixels), within the limits. */
export function size(limits: { min: number; max: number }): ValueType<Size> {
  const side = { type: 'integer', minimum: limits.min, maximum: limits.max, multipleOf: 2 } as const;
  return {
    noun: 'size',
    expected,
    usage: '1280x720',
    count: [1, 1],
    words: () => ['1280x720', '720p', '1080p', '2K', '4K'],
    schema: { type: 'object', properties: { width: side, height: side }, required: ['width', 'height'] },
    print: ({ width, height }) => `${width}x${height}`,
    read(values, place) {
      const value = values[0]!;
      if (value.type === 'size') return within(value, value, limits, place);
      if (value.type === 'quantity') {
        const named = namedSizes[`${value.value}${value.unit.toLowerCase() === 'k' ? 'K' : value.unit}`];
        if (named) return within(value, named, limits, place);
        if (value.unit === 'p') return { problems: [unknownName(value)] };
      }
      if (value.type === 'reference') {
        const named = Object.entries(namedSizes).find(
          ([name]) => name.toLowerCase() === value.name.toLowerCase(),
        );
        if (named) return within(value, named[1], limits, place);
      }
      if (value.type === 'number') return { problems: [bareNumber(value)] };
      return { problems: [wrongType({ noun: 'size', expected }, value, place, '1280x720')] };
    },
  };
}

function within(
  value: Value,
  given: Size,
  limits: { min: number; max: number },
  place: Place,
): Reading<Size> {
  const { width, height } = given;
  const fits = (side: number): boolean => side >= limits.min && side <= limits.max && side % 2 === 0;
  if (fits(width) && fits(height)) return { value: { width, height } };
  const odd = [width, height].every((side) => side >= limits.min && side <= limits.max);
  return {
    problems: [
      {
        code: odd ? 'PQL402' : 'PQL401',
        message: odd ? 'the sides of a video are even numbers' : `${place.label} is out of range`,
        span: value.span,
        found: found(value),
        expected: `even sides from ${limits.min} to ${limits.max} pixels`,
        fix: { span: value.span, text: `${nearest(width, limits)}x${nearest(height, limits)}` },
      },
    ],
  };
}

/** The nearest even side that is allowed. */
function nearest(side: number, limits: { min: number; max: number }): number {
  if (Number.isNaN(side)) return limits.min;
  return Math.min(limits.max, Math.max(limits.min, Math.round(side / 2) * 2));
}

function bareNumber(value: Value & { type: 'number' }): ReturnType<typeof wrongType> {
  const byHeight = namedSizes[`${value.value}p`];
  const byWidth = Object.values(namedSizes).find(({ width }) => width === value.value);
  const text = byHeight ? `${value.value}p` : `${byWidth?.width ?? 1280}x${byWidth?.height ?? 720}`;
  return {
    code: 'PQL204',
    message: `${withArticle('size')} needs two sides or a name`,
    span: value.span,
    found: found(value),
    expected,
    fix: { span: value.span, text },
  };
}

function unknownName(value: Value & { type: 'quantity' }): ReturnType<typeof wrongType> {
  const names = Object.keys(namedSizes).filter((name) => name.endsWith('p'));
  const near = names.reduce((best, name) =>
    Math.abs(Number.parseInt(name, 10) - value.value) < Math.abs(Number.parseInt(best, 10) - value.value)
      ? name
      : best,
  );
  return {
    code: 'PQL222',
    message: 'no size has that name',
    span: value.span,
    found: found(value),
    expected,
    fix: { span: value.span, text: near },
  };
}
