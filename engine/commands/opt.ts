import type { Answer } from '../answer.ts';
import { lockHead } from '../consent/audit/append.ts';
import { keepEvidence } from '../consent/grants/evidence.ts';
import { readEvidence } from '../consent/grants/read-evidence.ts';
import { consentOf } from '../consent/of.ts';
import { readsAsName } from '../consent/public/reads-as-name.ts';
import { nameKey } from '../consent/registry/name-key.ts';
import { optOut } from '../consent/registry/opt-out.ts';
import { peopleCalled } from '../consent/registry/people.ts';
import { longestName } from '../consent/registry/person.ts';
import { fileRequest } from '../consent/requests/file.ts';
import { type Answerer, type Asked, type CommandTools, plainText, refused } from './answerer.ts';
import { isModerator, notYours } from './consent-roles.ts';

/** OPT OUT "Jane Roe" holds at once; OPT IN asks. */
export const opt: Answerer<'opt'> = (asked, tools) =>
  asked.subject === 'out' ? out(asked, tools) : back(asked, tools);

async function out({ arguments: said, asker }: Asked<'opt'>, { parts }: CommandTools): Promise<Answer> {
  const name = said.text.trim();
  const words = nameKey(name)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0 || name.length > longestName)
    return refused('PQL404', 'this is no name', 'write OPT OUT "Jane Roe"');
  // A single word may be a town, a flower or a brand, and "golden retriever" would be taken from everybody, as on the public page.
  if (!isModerator(asker) && !(await readsAsName(name)))
    return notYours(
      words.length === 1
        ? `${JSON.stringify(name)} is a single word, which means many things: a moderator has to enter it`
        : `${JSON.stringify(name)} may be no name, and would be taken from everybody: a moderator has to enter it`,
      'say the first and the last name',
    );
  const { people, isNew } = await optOut(parts.store, { name, reason: said.because, by: asker });
  const revoked = isNew ? await consentOf(parts).revoke(parts) : [];
  const erasure = said.erase === true ? await askForErasure(parts, people[0]!.id, name, asker) : null;
  const here = revoked.find((each) => each.workspace === asker.workspace);
  return plainText(
    [
      isNew
        ? `${name} is shown nowhere any more, in no workspace, from this moment on.`
        : `${name} has opted out already; that stands.`,
      ...(here === undefined
        ? []
        : [
            `Stopped: ${list(here.stopped)}. Held: ${list(here.held)}. ${here.request} tells the moderators what is left to do.`,
          ]),
      ...(erasure === null ? [] : [`${erasure} asks the moderators to delete what is held for good.`]),
    ].join('\n'),
  );
}

function askForErasure(
  { store }: CommandTools['parts'],
  person: number,
  said: string,
  by: Asked<'opt'>['asker'],
): Promise<string> {
  return store.transaction(async (queries) => {
    await lockHead(queries);
    return `r${await fileRequest(queries, { kind: 'erasure', person, by, said, details: {} })}`;
  });
}

async function back(
  { arguments: said, asker, attached }: Asked<'opt'>,
  { parts, folder }: CommandTools,
): Promise<Answer> {
  const { text: name, evidence: shown, identity, because } = said;
  const people = (await peopleCalled(parts.store, name)).filter((person) => person.optedOut);
  if (people.length === 0) return refused('PQL549', `nobody called ${name} opted out`, null);
  if (!shown || !identity)
    return refused(
      'PQL548',
      'taking an opt-out back needs more proof than saying no',
      `write OPT IN ${JSON.stringify(name)} EVIDENCE "letter.pdf" IDENTITY "how you know who it is"`,
    );
  const evidence = await readEvidence(shown, asker, parts, folder ?? '.', attached);
  if ('problem' in evidence) return refused('PQL420', evidence.problem, evidence.hint);
  const number = await parts.store.transaction(async (queries) => {
    await lockHead(queries);
    await keepEvidence(queries, evidence);
    const { sha256, name: file } = evidence;
    return fileRequest(queries, {
      ...{ kind: 'opt in', person: people[0]!.id, by: asker, said: name },
      details: { evidence: { sha256, name: file }, identity, ...(because ? { reason: because } : {}) },
    });
  });
  return plainText(
    `r${number} asks for it: two moderators have to approve, neither of them you. Until then the opt-out stands.`,
  );
}

function list(all: readonly string[]): string {
  return all.length === 0 ? 'nothing' : all.join(', ');
}
