import type { Ask, Values } from './ask.ts';
import { askFor } from './ask-for.ts';
import { withAttached } from './attached.ts';
import { consentCommand, consentVerb } from './consent-verbs.ts';
import { createFormText } from './form-text.ts';
import { chooseForm } from './forms.ts';
import { offer } from './questions.ts';
import type { Reply } from './reply.ts';
import { say } from './statement.ts';
import type { PresenterTools } from './tools.ts';

/** Says what a command or a form was filled in with; `kept`: those values of it that the form did not ask for. /consent alone asks which of its verbs is meant, and
 * then for what that needs. */
export async function fillIn(
  verb: string,
  values: Values,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
  kept: Values = {},
): Promise<Reply> {
  const { catalogue } = tools;
  if (verb === 'consent') {
    const chosen = `consent ${values.what ?? ''}`;
    if (consentVerb(catalogue, chosen) === null) return whichVerb(ask, tools);
    return (await askFor(chosen, {}, null, ask, tools)) ?? fillIn(chosen, {}, ask, tools, signal);
  }
  const text = createFormText(catalogue)(verb, withAttached(verb, values, ask, catalogue));
  const again = { verb, said: notIn(values, kept), kept };
  return say(text, verb === 'pql' ? { surface: 'chat' } : { again }, ask, tools, signal);
}

function notIn(values: Values, kept: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !(id in kept)));
}

async function whichVerb(ask: Ask, tools: PresenterTools): Promise<Reply> {
  const token = await offer('fill', { verb: 'consent' }, ask, tools);
  return { type: 'form', form: { ...chooseForm(consentCommand(tools.catalogue)), token } };
}
