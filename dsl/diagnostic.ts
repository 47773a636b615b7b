import type { Span } from './ast.ts';

/** A stable code of the families in pql.md §5: 1xx characters and words, 2xx syntax and units, 3xx names and verbs,
 * 4xx kinds and ranges, 5xx refused, 6xx failed while running. */
export type DiagnosticCode = `PQL${1 | 2 | 3 | 4 | 5 | 6}${string}`;

/** A replacement that mends the source when it is applied. */
export interface Fix {
  span: Span;
  text: string;
}

/** Something wrong in the asker's text; never thrown. Spans are offsets into the text as the person typed it. */
export interface Diagnostic {
  code: DiagnosticCode;
  /** One short sentence without a full stop, in the asker's words: `a factor needs its unit`. */
  message: string;
  span: Span;
  /** Stands behind the caret: `found the number 4`. */
  found?: string;
  /** `a factor such as 2x, 3x or 4x`. */
  expected?: string;
  /** What to do where no fix can be applied. */
  hint?: string;
  fix?: Fix;
  /** Of a refused name: what CLAIM NAMESAKE would be said of, where somebody else may be meant. */
  claim?: { name: string; text: string };
}
