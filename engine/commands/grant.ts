import { lockHead, raiseEpoch } from '../consent/audit/append.ts';
import { keepEvidence } from '../consent/grants/evidence.ts';
import { readEvidence } from '../consent/grants/read-evidence.ts';
import { nameKey } from '../consent/registry/name-key.ts';
import { enterSomebody, peopleCalled } from '../consent/registry/people.ts';
import { longestName } from '../consent/registry/person.ts';
import { fileRequest } from '../consent/requests/file.ts';
import { type Answerer, plainText, refused } from './answerer.ts';

const example =
  'GRANT "Jane Roe" UNTIL 2027-01-31 EVIDENCE "consent.pdf" IDENTITY "passport, seen in a video call"';
const longestGrant = 10 * 366 * 86_400_000;

/** GRANT "Jane Roe" …: asks two moderators for leave to show somebody in this workspace. */
export const grant: Answerer<'grant'> = async (
  { arguments: said, asker, attached },
  { parts, folder, now },
) => {
  const name = said.text.trim();
  if (nameKey(name) === '' || name.length > longestName)
    return refused('PQL404', 'this is no name', `write ${example}`);
  const missing = (['until', 'evidence', 'identity'] as const).filter((word) => said[word] === null);
  if (missing.length > 0)
    return refused('PQL228', `GRANT needs ${missing.join(', ').toUpperCase()}`, `write ${example}`);
  const at = now?.() ?? new Date();
  const from = said.from === null ? at.toISOString() : `${said.from}T00:00:00.000Z`;
  const until = `${said.until}T00:00:00.000Z`;
  const [first, last] = [Date.parse(from), Date.parse(until)];
  if (last <= Math.max(first, at.getTime()))
    return refused('PQL410', 'the grant would end before it begins', 'choose a later UNTIL');
  if (last - at.getTime() > longestGrant)
    return refused('PQL401', 'a grant lasts at most ten years', 'choose an earlier UNTIL');
  const optedOut = (await peopleCalled(parts.store, name)).some((person) => person.optedOut);
  if (optedOut)
    return refused(
      'PQL540',
      `${name} asked not to be shown`,
      'only they can take it back: OPT IN, with evidence',
    );
  const evidence = await readEvidence(said.evidence!, asker, parts, folder ?? '.', attached);
  if ('problem' in evidence) return refused('PQL420', evidence.problem, evidence.hint);
  const number = await parts.store.transaction(async (queries) => {
    await lockHead(queries);
    await keepEvidence(queries, evidence);
    const [known] = await peopleCalled(queries, name);
    const person = known ?? (await enterSomebody(queries, name, 'grant', await raiseEpoch(queries)));
    return fileRequest(queries, {
      ...{ kind: 'grant', person: person.id, by: asker, said: name },
      details: {
        ...{ uses: said.use, territory: said.territory, from, until, except: said.except ?? [] },
        ...{ evidence: { sha256: evidence.sha256, name: evidence.name }, identity: said.identity! },
        ...(said.because === null ? {} : { reason: said.because }),
      },
    });
  });
  return plainText(
    `r${number} asks for it: two moderators have to approve, neither of them you. FIND REQUEST r${number} shows how far it is.`,
  );
};
