import type { Value } from '../ast.ts';

/** Says what a value is, for behind the caret: `found the number 4`. */
export function found(value: Value): string {
  switch (value.type) {
    case 'text':
      return 'found a quoted text';
    case 'number':
      return `found the number ${value.text}`;
    case 'quantity':
      return `found ${unitNouns[value.unit] ?? 'the amount'} ${value.unit === 's' && !value.text.includes('/') ? `${value.value}s` : value.text}`;
    case 'size':
      return `found the size ${value.width}x${value.height}`;
    case 'ratio':
      return `found the ratio ${value.width}:${value.height}`;
    case 'point':
      return 'found a place on earth';
    case 'date':
      return `found the date ${value.value}`;
    case 'url':
      return 'found a link';
    case 'path':
      return 'found a path';
    case 'reference':
      return `found the word ${value.name}`;
    case 'settings':
      return 'found settings in parentheses';
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
