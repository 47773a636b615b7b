import type { Value } from '../ast.ts';

/** Says what a value is, for behind the caret's `found`: `the number 4`. */
export function found(value: Value): string {
  switch (value.type) {
    case 'text':
      return 'a quoted text';
    case 'number':
      return `the number ${value.text}`;
    case 'quantity':
      return `${unitNouns[value.unit] ?? 'the amount'} ${value.unit === 's' && !value.text.includes('/') ? `${value.value}s` : value.text}`;
    case 'size':
      return `the size ${value.width}x${value.height}`;
    case 'ratio':
      return `the ratio ${value.width}:${value.height}`;
    case 'point':
      return 'a place on earth';
    case 'date':
      return `the date ${value.value}`;
    case 'url':
      return 'a link';
    case 'path':
      return 'a path';
    case 'reference':
      return `the word ${value.name}`;
    case 'settings':
      return 'settings in parentheses';
    case 'operand':
      return 'a clip';
  }
}

const unitNouns: Readonly<Record<string, string>> = {
  s: 'the duration',
  x: 'the factor',
  fps: 'the frame rate',
  mm: 'the focal length',
  f: 'the aperture',
  K: 'the colour temperature',
  LUFS: 'the loudness',
  dB: 'the level',
  '%': 'the percentage',
  km: 'the distance',
  m: 'the distance',
};
