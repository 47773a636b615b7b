import { rulingKey, rulingsOn } from '../gate/cleared.ts';
import { type Objection, type Register, timeOf } from '../gate/judge.ts';
import { textHash } from '../gate/text-hash.ts';
import type { Words } from '../gate/words.ts';
import { whyNotCovered } from '../grants/covers.ts';
import { type Grant, grantsOf } from '../grants/standing.ts';
import { peopleById } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';
import type { Looked } from './looks.ts';
import {
  faceDenied,
  faceNotCovered,
  faceOptedOut,
  faceToDecide,
  faceWaiting,
  faceWithoutGrant,
  type Shown,
} from './words.ts';

/** Media in which faces were looked for. */
export interface FaceCase<Origin> extends Shown {
  hash: string;
  looked: Looked;
  /** Whether pictures are made from it: then each face has to be somebody's who gave leave. */
  reference: boolean;
  origin: Origin;
}

/** Where a question is about nobody in the register. */
export const nobodyKnown = 0;

/** What moderators rule about a face in media: by its bytes, in each workspace. */
export function faceHash(hash: string): string {
  return textHash([`a face in ${hash}`]);
}

/** Judges whose faces were seen: whether each may be shown in a workspace. `texts` are what a grant's exceptions are held against. */
export async function judgeFaces<Origin>(
  register: Register,
  workspace: string,
  cases: readonly FaceCase<Origin>[],
  texts: readonly string[] = [],
): Promise<Objection<Origin>[]> {
  const { queries, signer } = register;
  const ids = [...new Set(cases.flatMap(({ looked }) => looked.findings.map(({ person }) => person)))];
  const asks = cases.filter(
    ({ looked, reference }) => looked.findings.length > 0 || looked.more || reference,
  );
  if (asks.length === 0) return [];
  const people = new Map((await peopleById(queries, ids)).map((person) => [person.id, person]));
  const grants = await grantsOf(queries, signer, workspace, ids);
  const now = grants.length === 0 ? new Date(0) : await timeOf(register);
  const rulings = await rulingsOn(
    queries,
    workspace,
    asks.map(({ hash }) => faceHash(hash)),
  );
  const objections: Objection<Origin>[] = [];
  for (const each of asks) {
    const object = (person: number, words: Words, why: string | null): void => {
      const { origin, name, claim, hash } = each;
      const question = {
        ...{ person, said: `a face in ${name}`, text: claim ?? name, textHash: faceHash(hash) },
        why: why ?? '',
      };
      const asked = why === null ? null : question;
      objections.push({ ...words, origin, start: null, end: null, question: asked, claim: null });
    };
    /** What needs a decision: nothing where it was made in favour. */
    const ask = (person: number, why: string): void => {
      const ruling = rulings.get(rulingKey(person, faceHash(each.hash)));
      if (ruling === undefined) object(person, faceToDecide(each, why), why);
      else if (ruling.state === 'denied') object(person, faceDenied(each, ruling), null);
      else if (ruling.state !== 'approved') object(person, faceWaiting(each, why, ruling), null);
    };
    let named = 0;
    for (const { person: id, sure } of each.looked.findings) {
      const person = people.get(id);
      if (person === undefined) continue;
      const ruled = rulings.get(rulingKey(id, faceHash(each.hash)))?.state === 'approved';
      const no = ruled ? null : whyNot(person, each, grants, { now, texts });
      if (ruled || no === null) named++;
      else if (sure) object(id, no, null);
      else ask(id, `a face that may be that of ${person.names[0]}`);
    }
    if (each.looked.more) ask(nobodyKnown, 'more faces than are looked at are');
    else if (each.reference && each.looked.faces > named)
      ask(nobodyKnown, 'a face of which nobody said whose it is');
  }
  return objections;
}

function whyNot(
  person: Person,
  shown: Shown,
  grants: readonly Grant[],
  { now, texts }: { now: Date; texts: readonly string[] },
): Words | null {
  const who = person.names[0]!;
  if (person.optedOut) return faceOptedOut(who, shown);
  const own = grants.filter((grant) => grant.person === person.id);
  const why = own.map((grant) => ({
    grant,
    why: whyNotCovered(grant, { use: 'likeness', now, texts }),
  }));
  if (why.some((each) => each.why === null)) return null;
  const last = why.at(-1);
  return last === undefined
    ? faceWithoutGrant(who, shown)
    : faceNotCovered(who, shown, last.grant.id, last.why as string);
}
