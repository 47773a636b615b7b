import type { Diagnostic } from '../../../dsl/diagnostic.ts';
import { renderDiagnostics } from '../../../dsl/render-diagnostic.ts';
import type { CardButton, CardView } from '../card-view.ts';
import { shaped } from './shape.ts';

/** What is wrong with a statement, each with its caret. `fixed` is the token of a button that says it again as the fixes would have it; `ways` lead on
 * where no fix does. */
export function refusalView(
  source: string,
  diagnostics: readonly Diagnostic[],
  fixed: string | null = null,
  ways: readonly CardButton[] = [],
): CardView {
  const refused = diagnostics.every(({ code }) => code.startsWith('PQL5'));
  const count = diagnostics.length === 1 ? 'one problem' : `${diagnostics.length} problems`;
  return shaped({
    tone: 'refused',
    title: refused ? 'Refused' : `Not understood: ${count}`,
    lines: [refused ? 'Nothing was run.' : 'Nothing was run. Change what the ^ points at and say it again.'],
    block: renderDiagnostics(source, diagnostics),
    buttons: [
      ...(fixed === null
        ? []
        : [[{ token: fixed, label: 'Apply the fix and run', style: 'primary', url: null } as const]]),
      ...(ways.length === 0 ? [] : [ways]),
    ],
    footnote: 'HELP lists the verbs; HELP ENHANCE says more about one.',
  });
}

/** Something that was refused without a place in a text. */
export function refusedView(code: string | null, message: string, hint: string | null): CardView {
  return shaped({
    tone: 'refused',
    title: code === null ? message : `${code}  ${message}`,
    lines: hint === null ? [] : [hint],
  });
}
