import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../dsl/render-diagnostic.ts';

const at = (source: string, what: string, more = {}) => {
  const start = source.indexOf(what);
  return {
    code: 'PQL204' as const,
    message: 'a factor needs its unit',
    span: { start, end: start + what.length },
    ...more,
  };
};

test('the layout is that of the language page', () => {
  const source = 'ENHANCE intro UPSCALE 4';
  const span = { start: 22, end: 23 };
  const diagnostic = at(source, '4', {
    found: 'the number 4',
    expected: 'a factor such as 2x, 3x or 4x',
    fix: { span, text: '4x' },
  });
  expect(renderDiagnostic(source, diagnostic)).toBe(
    [
      'PQL204  a factor needs its unit',
      '   1 | ENHANCE intro UPSCALE 4',
      '     |                       ^ found the number 4',
      '     = expected a factor such as 2x, 3x or 4x',
      '     = fix: 4x',
      '',
    ].join('\n'),
  );
});

test.each([
  ['a tab', '\tab X', '        ab X', '           ^'],
  ['a tab after letters', 'a\tX', 'a       X', '        ^'],
  ['wide characters', '港口 X', '港口 X', '     ^'],
  ['a combining character', 'e\u0301 X', 'e\u0301 X', '  ^'],
  ['an emoji of several', '👩‍👩‍👧 X', '👩‍👩‍👧 X', '   ^'],
  ['a control character', '\u001b[31m X', '␛[31m X', '      ^'],
  ['a hidden direction', '\u202e X', '<202E> X', '       ^'],
])('the caret stands right behind %s', (_, source, line, caret) => {
  const [, shown, marks] = renderDiagnostic(source, at(source, 'X')).split('\n');
  expect([shown, marks]).toEqual([`   1 | ${line}`, `     | ${caret}`]);
});

test('a caret is as wide as what it marks', () => {
  expect(renderDiagnostic('a 港口 b', at('a 港口 b', '港口')).split('\n')[2]).toBe('     |   ^^^^');
});

test('the right line is shown, with its number, under any line end', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const source = ['one', 'two', 'three X', 'four'].join(end);
    expect(renderDiagnostic(source, at(source, 'X')).split('\n').slice(1, 3)).toEqual([
      '   3 | three X',
      '     |       ^',
    ]);
  }
});

test('colours come through a parameter', () => {
  const paint = {
    strong: (text: string) => text,
    dim: (text: string) => text,
    good: (text: string) => text,
    bad: (text: string) => `<${text}>`,
  };
  expect(renderDiagnostic('X', at('X', 'X'), paint)).toContain('| <^>');
});
