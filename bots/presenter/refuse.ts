import { applyFixes } from '../../dsl/apply-fixes.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { Compiled } from '../../dsl/compiled.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { againAs } from './again.ts';
import type { Ask } from './ask.ts';
import { claimButtons } from './claims.ts';
import { description } from './description.ts';
import { createFormText } from './form-text.ts';
import { verbForm, whatIsMissing } from './forms.ts';
import type { Manner } from './manner.ts';
import { operandId } from './option-of.ts';
import { offer } from './questions.ts';
import { meansThis, remembering } from './remembered.ts';
import type { Reply } from './reply.ts';
import type { Replaced } from './these.ts';
import type { PresenterTools } from './tools.ts';
import { refusalView } from './views/refusal-view.ts';
import { wrongIn } from './wrong.ts';

/** Says what is wrong with a statement, and what leads on from there: a form for what is missing, the fixes, who else may be meant, the way back to what was said. */
export async function refuse(
  compiled: Compiled,
  meant: Replaced,
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
): Promise<Reply> {
  const { source } = compiled;
  const diagnostics = compiled.diagnostics.map((each) => aboutThis(source, each));
  const lacking = whatIsMissing(compiled);
  const operation = lacking === null ? undefined : tools.catalogue.get(lacking.stage.verb.text.toUpperCase());
  if (lacking !== null && operation?.runs === 'job') {
    const kept = { said: lacking.said, ...remembering(ask) };
    const token = await offer('fill', { verb: operation.verb.toLowerCase(), ...kept }, ask, tools);
    return { type: 'form', form: verbForm(operation, token, lacking.said, lacking.text) };
  }
  const fixed = await fixedText(source, diagnostics, manner, ask, tools);
  const plain = manner.surface !== 'chat';
  const files = meansThis(compiled.script) ? remembering(ask) : {};
  const token = fixed === null ? null : await offer('fix', { text: fixed, plain, ...files }, ask, tools);
  const shown = diagnostics.map((each) => asTyped(each, meant));
  const claims = await claimButtons(diagnostics, ask, tools);
  const [first, ...others] = wrongIn(compiled.script, diagnostics);
  const wrong = claims.length > 0 ? [] : [first!, ...others];
  const again = await againAs(meant.typed, manner, ask, tools, first);
  // Words about a file that came along describe no new film.
  const isPlain = manner.surface === 'chat' && fixed === null && ask.attachments.length === 0;
  const words = isPlain ? description(compiled, tools.catalogue) : null;
  const described = words === null ? null : await offer('fix', { text: words, plain: true }, ask, tools);
  const ways = { fixed: token, described, others: [...claims, ...again] };
  return { type: 'refused', view: refusalView(meant.typed, shown, ways), wrong };
}

/** The statement with the file that came along, where that is what it lacks: a file that came with it is what was meant. Null for anything else. */
export function withThis(
  compiled: Compiled,
  { attachments }: Pick<Ask, 'attachments'>,
  catalogue: Catalogue,
): string | null {
  const lacking = whatIsMissing(compiled);
  const operation = catalogue.get(lacking?.stage.verb.text.toUpperCase() ?? '');
  if (lacking === null || operation?.runs !== 'job' || operation.takes.what !== 'media') return null;
  if (attachments.length === 0 || lacking.stage.operands.length > 0) return null;
  return createFormText(catalogue)(operation.verb, { ...lacking.said, [operandId(operation)]: 'this' });
}

/** With its caret, and its fix, below what was typed: `this` and not the id that it stands for. */
export function asTyped({ fix, ...diagnostic }: Diagnostic, { back }: Replaced): Diagnostic {
  return {
    ...diagnostic,
    span: back(diagnostic.span),
    ...(fix === undefined ? {} : { fix: { ...fix, span: back(fix.span) } }),
  };
}

/** `this` where nothing came with the message. */
function aboutThis(source: string, diagnostic: Diagnostic): Diagnostic {
  const { code, span } = diagnostic;
  if (code !== 'PQL303' || source.slice(span.start, span.end).toLowerCase() !== 'this') return diagnostic;
  const { fix: _, ...rest } = diagnostic;
  return {
    ...rest,
    message: 'nothing came with this message',
    hint: 'attach a clip to it: the statement calls it this',
  };
}

/** The text with its fixes, where they mend all of it: what has none may follow from what has, as a verb lacks what stands misspelt behind it. */
async function fixedText(
  source: string,
  diagnostics: readonly Diagnostic[],
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
): Promise<string | null> {
  const fixes = diagnostics.filter(({ fix }) => fix !== undefined);
  if (fixes.length === 0) return null;
  const fixed = applyFixes(source, fixes);
  if (fixed === null || fixes.length === diagnostics.length) return fixed;
  const { diagnostics: left } = await tools.engine.compile(fixed, ask.asker, undefined, manner);
  return left.length === 0 ? fixed : null;
}
