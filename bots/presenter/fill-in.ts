import type { JsonObject } from '../../dsl/json.ts';
import type { Ask, Values } from './ask.ts';
import { withAttached } from './attached.ts';
import { consentCommand, consentVerb } from './consent-verbs.ts';
import { createFormText } from './form-text.ts';
import { chooseForm, commandForm } from './forms.ts';
import { offer } from './questions.ts';
import type { Reply } from './reply.ts';
import { say } from './statement.ts';
import type { PresenterTools } from './tools.ts';

/** Says what a command or a form was filled in with. /consent alone asks which of its verbs is meant, and then for what that needs. */
export async function fillIn(
  verb: string,
  values: Values,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const { catalogue } = tools;
  if (verb === 'consent') {
    const chosen = `consent ${values.what ?? ''}`;
    if (consentVerb(catalogue, chosen) === null) return whichVerb(ask, tools);
    return (await askFor(chosen, {}, null, ask, tools)) ?? fillIn(chosen, {}, ask, tools, signal);
  }
  const text = createFormText(catalogue)(verb, withAttached(verb, values, ask, catalogue));
  return say(text, verb === 'pql' ? { surface: 'chat' } : {}, ask, tools, signal);
}

/** A form for a verb about consent, but for what is known of it already; null where it takes nothing more. */
export async function askFor(
  verb: string,
  kept: Readonly<Record<string, string>>,
  text: string | null,
  ask: Ask,
  tools: PresenterTools,
): Promise<Reply | null> {
  const form = consentForm(verb, kept, text, tools);
  if (form === null) return null;
  const token = await offer('fill', { verb, kept, text }, ask, tools);
  return { type: 'form', form: { ...form, token } };
}

/** The same of a button that opens it again. */
export function formAgain(token: string, args: JsonObject, tools: PresenterTools): Reply | null {
  const { verb, kept = {}, text = null } = args as { verb: string; kept?: Values; text?: string | null };
  const form = consentForm(verb, kept, text, tools);
  return form === null ? null : { type: 'form', form: { ...form, token } };
}

function consentForm(verb: string, kept: Values, text: string | null, { catalogue }: PresenterTools) {
  const under = consentCommand(catalogue).under?.find(({ name }) => `consent ${name}` === verb);
  if (under === undefined) return null;
  const options = under.options.filter(({ id }) => !(id in kept));
  return options.length === 0 ? null : commandForm({ ...under, options }, text);
}

async function whichVerb(ask: Ask, tools: PresenterTools): Promise<Reply> {
  const token = await offer('fill', { verb: 'consent' }, ask, tools);
  return { type: 'form', form: { ...chooseForm(consentCommand(tools.catalogue)), token } };
}
