import type { Catalogue } from '../../dsl/catalogue.ts';
import { sourceClause } from '../../dsl/source-clause.ts';
import type { Ask, Values } from './ask.ts';
import { consentVerb, optionsOfConsent } from './consent-verbs.ts';
import { operandId } from './option-of.ts';

/** What a command or a form was filled in with, where a file that came along is `this`: the operand, one more of them, or the evidence. */
export function withAttached(
  verb: string,
  values: Values,
  { attachments }: Pick<Ask, 'attachments'>,
  catalogue: Catalogue,
): Values {
  if (attachments.length === 0) return values;
  const consent = consentVerb(catalogue, verb);
  if (consent !== null) {
    const file = optionsOfConsent(consent.variant).find(({ type }) => type === 'file');
    return file === undefined ? values : { ...values, [file.id]: 'this' };
  }
  const operation = catalogue.get(verb.toUpperCase());
  if (operation?.runs !== 'job') return values;
  const clause = sourceClause(operation)?.word.toLowerCase();
  if (clause !== undefined)
    return (values[clause]?.trim() ?? '') === '' ? { ...values, [clause]: 'this' } : values;
  if (operation.takes.what !== 'media') return values;
  const id = operandId(operation);
  const said = values[id]?.trim() ?? '';
  if (said === '') return { ...values, [id]: 'this' };
  // Where only one is taken, the check says so: a file that was sent is never left out without a word.
  return { ...values, [id]: `${said} + this` };
}
