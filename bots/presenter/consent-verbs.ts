import type { Catalogue } from '../../dsl/catalogue.ts';
import type { ClauseSpec, CommandOperation, Variant } from '../../dsl/operation.ts';
import { evidence } from '../../dsl/values/evidence.ts';
import { text } from '../../dsl/values/text.ts';
import { type ChatCommand, type CommandOption, option } from './command.ts';
import { clauseOption } from './option-of.ts';
import { cutTo } from './plain.ts';

/** A verb that is said under /consent: `opt-out`. */
export interface ConsentVerb {
  name: string;
  operation: CommandOperation;
  variant: Variant;
}

/** Verbs of the family that read a file of the machine, where nobody in a chat has one. */
const atTheMachine: readonly string[] = ['IMPORT'];

/** What of other verbs is about consent. */
const others: readonly (readonly [verb: string, subject: string])[] = [
  ['SHOW', 'REQUESTS'],
  ['FIND', 'REQUEST'],
  ['SHOW', 'GRANTS'],
];

/** The verbs about consent, in the order of the catalogue, each shape by itself: a verb that joins the family is there the next time commands
 * are registered. */
export function consentVerbs(catalogue: Catalogue): readonly ConsentVerb[] {
  const own = [...catalogue.values()].flatMap((operation) =>
    operation.runs === 'command' && operation.family === 'consent' && !atTheMachine.includes(operation.verb)
      ? operation.variants.map((variant) => verbOf(operation, variant, [operation.verb, ...variant.subject]))
      : [],
  );
  const more = others.flatMap(([verb, subject]) => {
    const operation = catalogue.get(verb);
    if (operation?.runs !== 'command') return [];
    return operation.variants
      .filter((variant) => variant.subject.join(' ') === subject)
      .map((variant) => verbOf(operation, variant, variant.subject));
  });
  return [...own, ...more];
}

function verbOf(operation: CommandOperation, variant: Variant, words: readonly string[]): ConsentVerb {
  const name = words.filter((word) => word !== 'OF').join('-');
  return { name: name.toLowerCase(), operation, variant };
}

/** The verb that `consent opt-out` names; null for anything else. */
export function consentVerb(catalogue: Catalogue, said: string): ConsentVerb | null {
  const name = /^consent ([a-z-]+)$/.exec(said)?.[1];
  return consentVerbs(catalogue).find((each) => each.name === name) ?? null;
}

/** /consent, with everything that can be said under it. */
export function consentCommand(catalogue: Catalogue): ChatCommand {
  return {
    name: 'consent',
    description: 'says that somebody may or may not be shown, and decides about it',
    options: [],
    under: consentVerbs(catalogue).map(({ name, operation, variant }) => ({
      name,
      description: cutTo(variant.name === '' ? operation.help : variant.help, 100),
      options: optionsOfConsent(variant),
    })),
  };
}

/** Who or what, and the clauses; those without which nothing is done come first. */
export function optionsOfConsent(variant: Variant): readonly CommandOption[] {
  const clauses = Object.entries(variant.clauses ?? {}).map(([word, spec]) => clauseOf(word, spec));
  const all = [...targetOf(variant), ...clauses];
  return [...all.filter(({ required }) => required), ...all.filter(({ required }) => !required)];
}

/** What stands behind the verb, as an option: `name`, `request` or `result`; null where nothing does. */
export function targetId({ takes, letters }: Variant): string | null {
  if (takes === null) return null;
  return takes.what === 'prompt' ? 'name' : letters?.includes('r') ? 'request' : 'result';
}

function targetOf(variant: Variant): CommandOption[] {
  const id = targetId(variant);
  if (id === null || variant.takes === null) return [];
  const { noun, usage, min } = variant.takes;
  const about = id === 'name' ? 'first and last name' : `${noun}: ${usage}`;
  return [option(id, cutTo(about, 100), { required: min > 0, maxLength: 200, completed: id !== 'name' })];
}

function clauseOf(word: string, spec: ClauseSpec<unknown, unknown>): CommandOption {
  const { type, needed: required, help } = spec;
  const id = word.toLowerCase();
  if (type === evidence) return option(id, cutTo(`a file: ${help}`, 100), { type: 'file', required });
  if (type === text) return option(id, cutTo(help, 100), { required, maxLength: 2000 });
  const { completed: _, description, ...more } = clauseOption(word, spec);
  const such = more.type === 'switch' || more.choices.length > 0 ? '' : `, such as ${type.usage}`;
  return option(id, cutTo(`${description}${such}`, 100), { ...more, required });
}
