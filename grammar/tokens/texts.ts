import { type CustomPatternMatcherFunc, createToken } from 'chevrotain';
import { Misfit } from './categories.ts';
import { codesOf } from './pattern.ts';

/** `"…"` or `'…'` on one line, with the escapes \" \' \\ \n \t \u{…}. */
export const Text = createToken({
  name: 'Text',
  label: 'a text in quotes',
  categories: [Misfit],
  pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\\\r\n]|\\[^\r\n])*'/,
  start_chars_hint: codesOf('"\''),
  line_breaks: false,
});

const opened = /["'][^\r\n]*/y;

/** An opened text that nothing closes: it is read to the end of its line, without a last `;`, so that the statement after it is still understood. */
const unterminated: CustomPatternMatcherFunc = (text, offset) => {
  opened.lastIndex = offset;
  const match = opened.exec(text);
  if (match === null) return null;
  match[0] = withoutEnd(match[0]);
  return match as RegExpExecArray;
};

export const UnterminatedText = createToken({
  name: 'UnterminatedText',
  label: 'a text in quotes',
  categories: [Text, Misfit],
  pattern: { exec: unterminated },
  start_chars_hint: codesOf('"\''),
  line_breaks: false,
});

/** Trims `;` and white space off the end, but keeps the opening quote. */
function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 1 && ' \t;'.includes(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}
