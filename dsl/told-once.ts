import type { Diagnostic } from './diagnostic.ts';

/** Collects what is told of many things at one place of the text: a problem is told once, with the first thing that has it and how many others
 * have it too. */
export function toldOnce(diagnostics: Diagnostic[]): <T>(label: string, work: () => T) => T {
  const seen = new Map<string, { at: number; first: string; others: number; found: string | undefined }>();
  return (label, work) => {
    const from = diagnostics.length;
    const result = work();
    for (const diagnostic of diagnostics.splice(from)) {
      const key = `${diagnostic.code} ${diagnostic.span.start} ${diagnostic.span.end}`;
      const before = seen.get(key);
      if (before === undefined) {
        seen.set(key, { at: diagnostics.length, first: label, others: 0, found: diagnostic.found });
        diagnostics.push({ ...diagnostic, found: withLabel(diagnostic.found, label) });
        continue;
      }
      before.others += 1;
      const also = `${before.first} and ${before.others} more`;
      diagnostics[before.at] = { ...diagnostics[before.at]!, found: withLabel(before.found, also) };
    }
    return result;
  };
}

function withLabel(found: string | undefined, label: string): string {
  return found === undefined ? `it with ${label}` : `${found} (${label})`;
}
