import type { Diagnostic } from './diagnostic.ts';

/** The source with the fixes of all diagnostics applied; null when that changes nothing. Where two fixes overlap, the one that stands first counts. */
export function applyFixes(source: string, diagnostics: readonly Diagnostic[]): string | null {
  const fixes = diagnostics
    .flatMap(({ fix }) => (fix === undefined ? [] : [fix]))
    .sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
  let [text, done] = ['', 0];
  for (const fix of fixes) {
    if (fix.span.start < done) continue;
    text += source.slice(done, fix.span.start) + fix.text;
    done = fix.span.end;
  }
  text += source.slice(done);
  return text === source ? null : text;
}
