import type { JsonObject } from '../../dsl/json.ts';
import type { Ask, Values } from './ask.ts';
import { consentCommand } from './consent-verbs.ts';
import { commandForm } from './forms.ts';
import { offer } from './questions.ts';
import type { Reply } from './reply.ts';
import type { PresenterTools } from './tools.ts';

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
