import { applyFixes } from '../../dsl/apply-fixes.ts';
import { parse } from '../../dsl/parse.ts';
import { renderDiagnostics } from '../../dsl/render-diagnostic.ts';
import { vocabulary } from '../dsl/a-vocabulary.ts';

/** What somebody who typed the texts is shown, and what their texts are when every fix was applied. */
export function shown(sources: readonly string[]): string {
  return sources
    .map((source) => {
      const { diagnostics } = parse(source, vocabulary);
      const mended = applyFixes(source, diagnostics);
      const after = mended === null ? '' : `     → ${mended.replaceAll('\n', '\n       ')}\n`;
      return `${renderDiagnostics(source, diagnostics)}${after}`;
    })
    .join('\n');
}
