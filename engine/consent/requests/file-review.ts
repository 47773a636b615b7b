import type { Store } from '../../store/port.ts';
import { lockHead } from '../audit/append.ts';
import type { Question } from '../gate/judge.ts';
import type { Actor } from '../registry/person.ts';
import { fileRequest } from './file.ts';

/** Asks the moderators of a workspace whether words mean somebody, in a transaction of its own; asked before, it is the same request. Returns
 * its id (`r9`). */
export async function fileReview(store: Store, question: Question, by: Actor): Promise<string> {
  const { person, said, text, textHash, why } = question;
  const number = await store.transaction(async (queries) => {
    await lockHead(queries);
    return fileRequest(queries, { kind: 'review', person, by, said, textHash, details: { text, why } });
  });
  return `r${number}`;
}
