/** What closes a text that a curly or foreign quote opened; undefined where a character opens none. */
export function closersOf(opener: string): string | undefined {
  return closers.get(opener);
}

/** English, German, Swedish, French, and full-width ones; single ones too. */
const closers: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['”', '”'],
  ['„', '“”'],
  ['‟', '”'],
  ['«', '»'],
  ['»', '«'],
  ['‘', '’'],
  ['’', '’'],
  ['‚', '‘’'],
  ['‹', '›'],
  ['›', '‹'],
  ['＂', '＂'],
  ['＇', '＇'],
]);
