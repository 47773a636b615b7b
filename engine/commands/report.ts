import { lockHead, raiseEpoch } from '../consent/audit/append.ts';
import { heldNames } from '../consent/gate/held-references.ts';
import { nameKey } from '../consent/registry/name-key.ts';
import { enterSomebody, peopleCalled } from '../consent/registry/people.ts';
import { longestName } from '../consent/registry/person.ts';
import { fileRequest } from '../consent/requests/file.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { findTarget } from './target.ts';

/** REPORT v12 SHOWS "Jane Roe": asks a moderator to look at a result. Said again of the same result and person it is the same request. */
export const report: Answerer<'report'> = async ({ arguments: said, asker }, { parts }) => {
  const { target, because } = said;
  const name = said.shows?.trim() ?? '';
  if (nameKey(name) === '' || name.length > longestName)
    return refused(
      'PQL228',
      'REPORT needs the name of who is shown',
      `write REPORT ${target} SHOWS "Jane Roe"`,
    );
  const { workspace } = asker;
  const found = await findTarget(parts.store, workspace, target);
  if (found?.is !== 'media')
    return (await heldNames(parts.store, workspace, [target.toLowerCase()])).size > 0
      ? plainText(`${target} is held already: nobody sees it, and the moderators know of it.`)
      : refused('PQL303', `there is no ${target} in this workspace`, 'SHOW MEDIA lists what there is');
  const number = await parts.store.transaction(async (queries) => {
    await lockHead(queries);
    const [known] = await peopleCalled(queries, name);
    const someone = known ?? (await enterSomebody(queries, name, 'report', await raiseEpoch(queries)));
    return fileRequest(queries, {
      ...{ kind: 'report', person: someone.id, by: asker, said: name, textHash: found.hash },
      details: { film: found.id, ...(because === null ? {} : { reason: because }) },
    });
  });
  return plainText(
    `r${number} asks a moderator to look at ${found.id}. FIND REQUEST r${number} shows how far it is.`,
  );
};
