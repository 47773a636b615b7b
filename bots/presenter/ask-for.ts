import type { JsonObject } from '../../dsl/json.ts';
import type { Ask, Values } from './ask.ts';
import type { CardButton } from './card-view.ts';
import { consentCommand } from './consent-verbs.ts';
import type { Field } from './form.ts';
import { commandForm, longestQuery, pqlForm, verbForm } from './forms.ts';
import { cutTo, plainLine } from './plain.ts';
import { offer } from './questions.ts';
import { remembering } from './remembered.ts';
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

/** What a button of a form opens, again and again: the form of its verb, filled in with what was said before. Files that were sent then need not be sent again. */
export function formAgain(token: string, args: JsonObject, tools: PresenterTools): Reply {
  const { verb, kept = {}, text = null, said = {}, wrong = null } = args as unknown as Again;
  const operation = tools.catalogue.get(verb.toUpperCase());
  const consent = consentForm(verb, kept, text, tools);
  const form =
    consent !== null
      ? { ...consent, token }
      : operation?.runs === 'job'
        ? verbForm(operation, token, said, text)
        : { ...pqlForm(token), text };
  const sent = ((args.files ?? []) as { name: string }[]).map(({ name }) => name);
  const fields = form.fields.map((field) => filled(field, said, sent));
  // What is to be mended comes first: a window may have no room for all.
  const isWrong = ({ id }: Field) => id === wrong;
  const sorted = [...fields.filter(isWrong), ...fields.filter((field) => !isWrong(field))];
  return { type: 'form', form: { ...form, fields: sorted } };
}

/** How something is said again. */
export interface Again {
  verb: string;
  /** What a form does not ask for, since it is known. */
  kept?: Values;
  /** What was said, by field. */
  said?: Values;
  /** What it is asked for, or what was wrong with it. */
  text?: string | null;
  /** The field that it is about. */
  wrong?: string | null;
}

/** A button under a refusal, which opens what was said in a form: chats forget what was typed. Null for what is too long for one. */
export async function againButton(again: Again, ask: Ask, tools: PresenterTools): Promise<CardButton | null> {
  if (Object.values(again.said ?? {}).some((value) => value.length > longestQuery)) return null;
  const token = await offer('fill', { ...again, ...remembering(ask) }, ask, tools);
  return { token, label: 'Change it', style: 'secondary', url: null };
}

function filled(field: Field, said: Values, sent: readonly string[]): Field {
  if (field.type !== 'file') return { ...field, value: said[field.id] ?? field.value };
  if (sent.length === 0) return field;
  const help = `${sent.join(', ')} is kept; another file takes its place`;
  return { ...field, required: false, help: cutTo(plainLine(help), 100) };
}

function consentForm(verb: string, kept: Values, text: string | null, { catalogue }: PresenterTools) {
  const under = consentCommand(catalogue).under?.find(({ name }) => `consent ${name}` === verb);
  if (under === undefined) return null;
  const options = under.options.filter(({ id }) => !(id in kept));
  return options.length === 0 ? null : commandForm({ ...under, options }, text);
}
