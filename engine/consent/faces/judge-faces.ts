import { groundsOf, type Refusals, whyNotShown } from '../gate/grounds.ts';
import type { Objection, Register } from '../gate/judge.ts';
import { textHash } from '../gate/text-hash.ts';
import type { Words } from '../gate/words.ts';
import { peopleById } from '../registry/people.ts';
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
  const asks = cases.filter(
    ({ looked, reference }) => looked.findings.length > 0 || looked.more || reference,
  );
  if (asks.length === 0) return [];
  const ids = asks.flatMap(({ looked }) => looked.findings.map(({ person }) => person));
  const people = await peopleById(register.queries, [...new Set(ids)]);
  const hashes = asks.map(({ hash }) => faceHash(hash));
  const grounds = await groundsOf(register, workspace, people, hashes);
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
      const ruling = grounds.rulingOn(person, faceHash(each.hash));
      if (ruling === undefined) object(person, faceToDecide(each, why), why);
      else if (ruling.state === 'denied') object(person, faceDenied(each, ruling), null);
      else if (ruling.state !== 'approved') object(person, faceWaiting(each, why, ruling), null);
    };
    let named = 0;
    for (const { person: id, sure } of each.looked.findings) {
      const person = grounds.people.get(id);
      if (person === undefined) continue;
      const ruled = grounds.rulingOn(id, faceHash(each.hash))?.state === 'approved';
      const leave = grounds.leaveOf(person, { use: 'likeness', texts });
      const no = ruled ? null : whyNotShown(person, leave, refusalsOf(each));
      if (no === null) named++;
      else if (sure) object(id, no, null);
      else ask(id, `a face that may be that of ${person.names[0]}`);
    }
    if (each.looked.more) ask(nobodyKnown, 'more faces than are looked at are');
    else if (each.reference && each.looked.faces > named)
      ask(nobodyKnown, 'a face of which nobody said whose it is');
  }
  return objections;
}

function refusalsOf(shown: Shown): Refusals {
  return {
    optedOut: (who) => faceOptedOut(who, shown),
    withoutGrant: (who) => faceWithoutGrant(who, shown),
    notCovered: (who, grant, why) => faceNotCovered(who, shown, grant, why),
  };
}
