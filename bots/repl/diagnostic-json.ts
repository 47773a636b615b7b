import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { JsonObject } from '../../dsl/json.ts';

/** A diagnostic as pql.md §5 promises it to programs: offsets in UTF-16 code units, line and column from 1, column in code units too. */
export function diagnosticJson(source: string, diagnostic: Diagnostic): JsonObject {
  const { code, message, span, found, expected, hint, fix } = diagnostic;
  const before = source.slice(0, span.start).split(/\r\n|\r|\n/);
  return {
    code,
    message,
    start: span.start,
    end: span.end,
    line: before.length,
    column: before.at(-1)!.length + 1,
    found: found ?? null,
    expected: expected ?? null,
    hint: hint ?? null,
    fix: fix ? { start: fix.span.start, end: fix.span.end, text: fix.text } : null,
  };
}
