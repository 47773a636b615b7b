import { usesOf } from '../consent/grants/uses-of.ts';
import { peopleCalled } from '../consent/registry/people.ts';
import { heldOf } from '../consent/revocation/held-of.ts';
import { type Answerer, refused } from './answerer.ts';
import { isModerator } from './consent-roles.ts';
import { column } from './list.ts';

/** USES OF "Jane Roe": what names somebody in this workspace; moderators see what is held, too. */
export const uses: Answerer<'uses'> = async ({ arguments: { text }, asker }, { parts }) => {
  const people = await peopleCalled(parts.store, text);
  if (people.length === 0)
    return refused(
      'PQL549',
      `nobody called ${text} is in the register`,
      `SEARCH VIDEOS ${JSON.stringify(text)} looks for the words`,
    );
  const ids = people.map(({ id }) => id);
  const rows = [
    ...(await usesOf(parts.store, asker.workspace, ids)),
    ...(isModerator(asker) ? await heldOf(parts.store, asker.workspace, ids) : []),
  ];
  return {
    type: 'table',
    title: `Uses of ${people[0]!.names[0]}${people.some((person) => person.optedOut) ? ', who opted out' : ''}`,
    columns: [column('what', 'id'), column('state', 'state'), column('made', 'time'), column('says')],
    rows: rows.map(({ what, state, at, says }) => [what, state, at.toISOString(), says]),
    total: rows.length,
    hint: rows.length === 0 ? 'nothing here was made by their leave, and nothing of theirs is held' : null,
  };
};
