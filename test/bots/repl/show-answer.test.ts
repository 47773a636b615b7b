import { expect, test } from 'vitest';

import { plainPalette } from '../../../bots/palette.ts';
import { showAnswer } from '../../../bots/repl/show-answer.ts';

const show = (text: string, format: 'plain' | 'pql', width: number) =>
  showAnswer({ type: 'text', title: null, text, format }, width, new Date(0), plainPalette);

test('breaks help between words, below the column it stands in', () => {
  const help =
    '  FIT pad|crop  what happens to clips of another shape\nWhere the clips agree, nothing is encoded again.';
  expect(show(help, 'plain', 36)).toBe(
    [
      '  FIT pad|crop  what happens to',
      '                clips of another',
      '                shape',
      'Where the clips agree, nothing is',
      'encoded again.',
    ].join('\n'),
  );
  expect(show(help, 'plain', Number.POSITIVE_INFINITY)).toBe(help);
});

test('keeps the first column of three', () => {
  expect(show('  RIFE 4.6      adds frames: Huang et al. 2022    MIT', 'plain', 40)).toBe(
    '  RIFE 4.6      adds frames: Huang et\n                al. 2022 MIT',
  );
});

test('never breaks PQL', () => {
  const recipe = 'GENERATE "a boat in fog" DURATION 500ms SIZE 96x64';
  expect(show(recipe, 'pql', 20)).toBe(recipe);
});
