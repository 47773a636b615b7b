import { helpOf, helpText } from '../../dsl/help.ts';
import { type Answerer, plainText, refused } from './answerer.ts';

/** HELP, HELP verb. */
export const help: Answerer<'help'> = async ({ arguments: { verb } }, { catalogue }) => {
  if (verb === null) return plainText(helpText(catalogue), 'Help');
  const text = helpOf(verb, catalogue);
  if (text === null) return refused('PQL301', `there is no verb ${verb}`, 'HELP lists the verbs');
  return plainText(text, verb);
};
