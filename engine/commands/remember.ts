import { lockHead, raiseEpoch } from '../consent/audit/append.ts';
import { whyNoFace } from '../consent/faces/remember.ts';
import { keepEvidence } from '../consent/grants/evidence.ts';
import { readEvidence } from '../consent/grants/read-evidence.ts';
import { consentOf } from '../consent/of.ts';
import { nameKey } from '../consent/registry/name-key.ts';
import { enterSomebody, peopleCalled } from '../consent/registry/people.ts';
import { longestName } from '../consent/registry/person.ts';
import { fileRequest } from '../consent/requests/file.ts';
import { type Answerer, plainText, refused } from './answerer.ts';

const example =
  'REMEMBER FACE OF "Jane Roe" FROM "jane.jpg" EVIDENCE "consent.pdf" IDENTITY "passport, seen in a video call"';

/** REMEMBER FACE OF "Jane Roe" …: asks two moderators that she be found by her face. Whether there is one in the picture is looked at now, whose it is only
 * when they agreed. */
export const remember: Answerer<'remember'> = async ({ arguments: said, asker }, { parts, folder }) => {
  const name = said.text.trim();
  if (nameKey(name) === '' || name.length > longestName)
    return refused('PQL404', 'this is no name', `write ${example}`);
  const missing = (['from', 'evidence', 'identity'] as const).filter((word) => said[word] === null);
  if (missing.length > 0)
    return refused(
      'PQL228',
      `a face is remembered only with the person's own consent to that: ${missing.join(', ').toUpperCase()} is missing`,
      `write ${example}`,
    );
  const { faces } = consentOf(parts);
  if (faces === null) return refused('PQL552', 'nothing here can look at pictures', null);
  const picture = await readEvidence(said.from!, asker, parts, folder ?? '.');
  if ('problem' in picture) return refused('PQL420', picture.problem, picture.hint);
  const evidence = await readEvidence(said.evidence!, asker, parts, folder ?? '.');
  if ('problem' in evidence) return refused('PQL420', evidence.problem, evidence.hint);
  if (picture.sha256 === evidence.sha256)
    return refused(
      'PQL228',
      'the picture cannot be the evidence: it says nothing about consent',
      `write ${example}`,
    );
  const no = await whyNoFace(faces, picture.bytes);
  if (no !== null) return refused('PQL433', no.problem, no.hint);
  const number = await parts.store.transaction(async (queries) => {
    await lockHead(queries);
    await keepEvidence(queries, evidence);
    await keepEvidence(queries, picture);
    const [known] = await peopleCalled(queries, name);
    const person = known ?? (await enterSomebody(queries, name, 'face', await raiseEpoch(queries)));
    return fileRequest(queries, {
      ...{ kind: 'face', person: person.id, by: asker, said: name },
      details: {
        picture: { sha256: picture.sha256, name: picture.name },
        ...{ evidence: { sha256: evidence.sha256, name: evidence.name }, identity: said.identity! },
        ...(said.because === null ? {} : { reason: said.because }),
      },
    });
  });
  return plainText(
    `r${number} asks for it: two moderators have to approve, neither of them you. Until then nothing is known of the face, and FORGET FACE OF ${JSON.stringify(name)} takes it back.`,
  );
};
