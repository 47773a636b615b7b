import { identifier } from '../../dsl/identifier.ts';
import { lockHead } from '../consent/audit/append.ts';
import { faceHash } from '../consent/faces/judge-faces.ts';
import { textHash } from '../consent/gate/text-hash.ts';
import { peopleCalled } from '../consent/registry/people.ts';
import { fileRequest } from '../consent/requests/file.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { findTarget } from './target.ts';

/** CLAIM NAMESAKE "Jane Roe" FOR "the text": asks a moderator whether somebody else is meant. */
export const claim: Answerer<'claim'> = async ({ arguments: said, asker }, { parts }) => {
  const { text: name, for: text, because } = said;
  if (text === null || text.trim() === '')
    return refused(
      'PQL228',
      'CLAIM NAMESAKE needs the text in which the name stands',
      `write CLAIM NAMESAKE ${JSON.stringify(name)} FOR "…" with the prompt, the name or the file name as in the statement`,
    );
  const people = await peopleCalled(parts.store, name);
  if (people.length === 0)
    return refused('PQL549', `nobody called ${name} is in the register`, 'then the name needs no claim');
  // A face in media is claimed by what the media is called: v12.
  const media = identifier(text) === null ? null : await findTarget(parts.store, asker.workspace, text);
  const hash = media?.is === 'media' ? faceHash(media.hash) : textHash([text]);
  const numbers = await parts.store.transaction(async (queries) => {
    await lockHead(queries);
    const filed: number[] = [];
    for (const person of people)
      filed.push(
        await fileRequest(queries, {
          ...{ kind: 'namesake', person: person.id, by: asker, said: name, textHash: hash },
          details: { text, ...(because === null ? {} : { reason: because }) },
        }),
      );
    return filed;
  });
  const ids = numbers.map((number) => `r${number}`).join(' and ');
  return plainText(`${ids} asks a moderator; run the statement again once it is approved.`);
};
