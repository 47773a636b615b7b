/** Paints text for a terminal; the plain palette gives it back unchanged. */
export interface Palette {
  strong(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  accent(text: string): string;
}

export const plainPalette: Palette = {
  strong: (text) => text,
  dim: (text) => text,
  good: (text) => text,
  bad: (text) => text,
  warn: (text) => text,
  accent: (text) => text,
};

/** The sixteen colours every terminal has and lets its owner choose, so that light and dark backgrounds both work. */
export const colourPalette: Palette = {
  strong: (text) => `\u{1b}[1m${text}\u{1b}[22m`,
  dim: (text) => `\u{1b}[2m${text}\u{1b}[22m`,
  good: (text) => `\u{1b}[32m${text}\u{1b}[39m`,
  bad: (text) => `\u{1b}[31m${text}\u{1b}[39m`,
  warn: (text) => `\u{1b}[33m${text}\u{1b}[39m`,
  accent: (text) => `\u{1b}[36m${text}\u{1b}[39m`,
};
