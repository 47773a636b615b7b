import type { SelectArguments } from '../arguments.ts';
import { job } from '../operation.ts';

/** What FROM does with a list that a verb found: keeps what WHERE asks for, in the order of ORDER BY, no more than LIMIT. It stands in no
 * catalogue, since people write FROM. */
export const select = job({
  verb: 'FROM',
  family: 'query',
  help: 'chooses from a list',
  details: [],
  version: 1,
  takes: { what: 'media', min: 1, max: 2, kinds: ['text'], noun: 'a list', usage: 'SHOTS OF clip' },
  gives: 'text',
  clauses: {},
  examples: [],
  arguments: (): SelectArguments => ({ list: '', where: null, order: [], limit: null }),
  lane: () => 'cpu',
  predict: () => ({ kind: 'text' }),
});
