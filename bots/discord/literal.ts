import { fenced, plainLine, plainText } from '../presenter/plain.ts';

/** A text that people wrote as Markdown that shows exactly it, on one line: nothing in it is a mention, a link, a heading or a spoiler. */
export function literal(text: string): string {
  return (
    plainLine(text)
      .replace(/[\\*_~`|<>[\]():#]/g, '\\$&')
      // What begins a list or small print does so only at the start of a line.
      .replace(/^[-+]/, '\\$&')
      .replace(/^(\d+)([.)])/, '$1\\$2')
      // `@` cannot be escaped for everyone and here; a character without width keeps them from being lit up.
      .replace(/@(?=everyone|here)/gi, '@\u200b')
  );
}

/** A text in a code block that it cannot end, as it stands. */
export function codeBlock(text: string, language = ''): string {
  return `\`\`\`${language}\n${fenced(plainText(text))}\n\`\`\``;
}
