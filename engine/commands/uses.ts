import { usesOf } from '../consent/grants/uses-of.ts';
import { consentOf } from '../consent/of.ts';
import { peopleCalled } from '../consent/registry/people.ts';
import { heldOf } from '../consent/revocation/held-of.ts';
import type { NamedMedia } from '../consent/uses/named-media.ts';
import { type Answerer, refused } from './answerer.ts';
import { isModerator } from './consent-roles.ts';
import { column } from './list.ts';

/** Rows of one answer. */
const mostUses = 500;

/** USES OF "Jane Roe": what was made of somebody in this workspace and what names them, the newest first; moderators see what is held, too. */
export const uses: Answerer<'uses'> = async ({ arguments: { text }, asker }, { parts }) => {
  const { store } = parts;
  const people = await peopleCalled(store, text);
  if (people.length === 0)
    return refused(
      'PQL549',
      `nobody called ${text} is in the register`,
      `SEARCH VIDEOS ${JSON.stringify(text)} looks for the words`,
    );
  const ids = people.map(({ id }) => id);
  const made = await usesOf(store, asker.workspace, ids);
  const held = isModerator(asker) ? await heldOf(store, asker.workspace, ids) : [];
  const named = await consentOf(parts).named(asker.workspace, people);
  const known = new Set(made.map(({ what }) => what));
  const rows = [...made, ...held, ...named.uses.filter(({ what }) => !known.has(what))]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, mostUses);
  const nothing = 'nothing here was made by their leave or names them, and nothing of theirs is held';
  const hints = [...(rows.length === 0 ? [nothing] : []), ...leftOpen(named)];
  return {
    type: 'table',
    title: `Uses of ${people[0]!.names[0]}${people.some((person) => person.optedOut) ? ', who opted out' : ''}`,
    columns: [column('what', 'id'), column('state', 'state'), column('made', 'time'), column('says')],
    rows: rows.map(({ what, state, at, says }) => [what, state, at.toISOString(), says]),
    total: rows.length,
    hint: hints.length === 0 ? null : hints.join('; '),
  };
};

/** Where else the name may stand. */
function leftOpen({ lookedThrough, notRead, tooMuch }: NamedMedia): string[] {
  const files = notRead === 1 ? 'a file from outside was' : `${notRead} files from outside were`;
  return [
    ...(lookedThrough === null ? [] : [`only the newest ${lookedThrough} results were looked through`]),
    ...(notRead === 0 ? [] : [`${files} not read for names yet: that comes before something is made of it`]),
    ...(tooMuch.length === 0
      ? []
      : [
          `${tooMuch.slice(0, 5).join(', ')}${tooMuch.length > 5 ? ' and others' : ''} say more than was read`,
        ]),
  ];
}
