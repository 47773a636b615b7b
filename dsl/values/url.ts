import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const expected = 'a link such as https://example.org/done';

/** An https or http link, as written; whether it may be reached, the engine's egress rules say. */
export const url: ValueType<string> = {
  noun: 'link',
  expected,
  usage: 'https://…',
  count: [1, 1],
  words: () => [],
  schema: { type: 'string', format: 'uri' },
  print: (value) => value,
  read(values, place) {
    const value = values[0]!;
    const text = value.type === 'url' || value.type === 'text' ? value.value : null;
    if (text === null) return { problems: [wrongType({ noun: 'link', expected }, value, place, null)] };
    const problem = urlProblem(text);
    if (problem === null) return { value: text };
    return {
      problems: [
        {
          code: 'PQL409',
          message: problem,
          span: value.span,
          expected,
          hint: 'write the whole link, beginning with https://',
        },
      ],
    };
  },
};

/** Why a text is no link that anything here would ever reach, or null. */
export function urlProblem(text: string): string | null {
  if (text.length > 2048) return 'the link is longer than 2,048 characters';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters in a link are what is looked for.
  if (/[\u0000-\u0020\u007f]/.test(text)) return 'the link has spaces or control characters in it';
  if (!/^https?:\/\//i.test(text)) return 'only http and https links are understood';
  if (!URL.canParse(text)) return 'the link cannot be read';
  const parsed = new URL(text);
  return parsed.username === '' && parsed.password === ''
    ? null
    : 'a link here may not carry a user name or password';
}
