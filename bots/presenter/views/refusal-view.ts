import type { Diagnostic } from '../../../dsl/diagnostic.ts';
import { renderDiagnostics } from '../../../dsl/render-diagnostic.ts';
import type { CardButton, CardView } from '../card-view.ts';
import { shaped, titled } from './shape.ts';

/** What leads on from a refusal, by tokens of buttons. */
export interface WaysOn {
  /** Says it again as the fixes would have it. */
  fixed?: string | null;
  /** Makes a film of it, where it is a description without a verb. */
  described?: string | null;
  /** Where no fix does. */
  others?: readonly CardButton[];
}

/** What is wrong with a statement, each with its caret, and what leads on from there. */
export function refusalView(
  source: string,
  diagnostics: readonly Diagnostic[],
  { fixed = null, described = null, others = [] }: WaysOn = {},
): CardView {
  const refused = diagnostics.every(({ code }) => code.startsWith('PQL5'));
  const count = diagnostics.length === 1 ? 'one problem' : `${diagnostics.length} problems`;
  return shaped({
    tone: 'refused',
    title: refused ? 'Refused' : `Not understood: ${count}`,
    lines: [`Nothing was run.${described !== null ? ofWords : refused ? '' : ofText}`],
    block: renderDiagnostics(source, diagnostics),
    buttons: [
      ...(fixed === null
        ? []
        : [[{ token: fixed, label: 'Apply the fix and run', style: 'primary', url: null } as const]]),
      ...(described === null
        ? []
        : [[{ token: described, label: 'Make a film of it', style: 'primary', url: null } as const]]),
      ...(others.length === 0 ? [] : [others]),
    ],
    footnote: 'HELP lists the verbs; HELP ENHANCE says more about one.',
  });
}

const ofText = ' Change what the ^ points at and say it again.';
const ofWords =
  ' A statement begins with what is to be done: to make a film of these words, press the button, which says GENERATE and puts them in quotes.';

/** Something that was refused without a place in a text. */
export function refusedView(code: string | null, message: string, hint: string | null): CardView {
  const { title, lines } = titled(code === null ? message : `${code}  ${message}`);
  return shaped({ tone: 'refused', title, lines: [...lines, ...(hint === null ? [] : [hint])] });
}
