import { faceHash } from '../faces/judge-faces.ts';
import type { Shown } from '../faces/words.ts';
import type { Ruling } from '../gate/cleared.ts';
import { type Grounds, groundsOf, type Refusals, whyNotShown } from '../gate/grounds.ts';
import type { Objection, Register } from '../gate/judge.ts';
import { textHash } from '../gate/text-hash.ts';
import type { Words } from '../gate/words.ts';
import { peopleById } from '../registry/people.ts';
import type { Named } from './find.ts';
import {
  type NamedIn,
  namedDenied,
  namedNotCovered,
  namedOptedOut,
  namedToDecide,
  namedWaiting,
  namedWithoutGrant,
  tooMuchInside,
} from './words.ts';

/** A file in which names were looked for. */
export interface WordsCase<Origin> extends Shown {
  hash: string;
  named: readonly Named[];
  origin: Origin;
}

/** What moderators rule about a name inside of a file: by its bytes, in each workspace. */
export function fileWordsHash(hash: string): string {
  return textHash([`words in ${hash}`]);
}

/** Judges who is named inside of files: whether each may be shown in a workspace. What a file says that it is, and captions that come along, count as its name does. Subtitles
 * stay behind, and whoever is spoken of is seldom whom one sees: there only a whole name counts for public figures, and it is a question. */
export async function judgeFileWords<Origin>(
  register: Register,
  workspace: string,
  cases: readonly WordsCase<Origin>[],
): Promise<Objection<Origin>[]> {
  const ids = cases.flatMap(({ named }) => named.flatMap(({ person }) => person ?? []));
  const people = await peopleById(register.queries, [...new Set(ids)]);
  const hashes = cases.flatMap(({ hash }) => [fileWordsHash(hash), faceHash(hash)]);
  const grounds = await groundsOf(register, workspace, people, hashes);
  const objections: Objection<Origin>[] = [];
  for (const { hash, named, origin, name, claim } of cases) {
    const told = new Set<number>();
    for (const finding of named) {
      const inside: NamedIn = { name, claim, place: finding.place };
      const object = (words: Words, why: string | null): void => {
        const person = finding.person ?? 0;
        const question = { person, said: finding.said, text: finding.around, textHash: fileWordsHash(hash) };
        const asked = why === null ? null : { ...question, why: `${why}, in ${finding.place} of ${name}` };
        objections.push({ ...words, origin, start: null, end: null, question: asked, claim: null });
      };
      if (finding.person === null) {
        object(tooMuchInside(inside), null);
        continue;
      }
      const person = grounds.people.get(finding.person);
      if (person === undefined || told.has(person.id)) continue;
      const spokenOf = finding.kind === 'spoken' && !person.optedOut;
      if (spokenOf && !finding.sure) continue;
      const leave = grounds.leaveOf(person, { use: 'likeness', texts: [] });
      const no = whyNotShown(person, leave, refusalsOf(inside));
      const ruling = rulingOf(grounds, person.id, hash);
      if (no === null || ruling?.state === 'approved') continue;
      told.add(person.id);
      const who = person.names[0]!;
      if (ruling?.state === 'denied') object(namedDenied(finding.said, inside, ruling), null);
      else if (ruling !== undefined) object(namedWaiting(finding.said, who, inside, ruling), null);
      else if (finding.sure && !spokenOf) object(no, null);
      else object(namedToDecide(finding.said, who, inside), finding.why);
    }
  }
  return objections;
}

/** CLAIM NAMESAKE … FOR v3 says of all of v3 that somebody else is meant; what moderators said of a face alone says nothing of a name. */
function rulingOf({ rulingOn }: Grounds, person: number, hash: string): Ruling | undefined {
  const claimed = rulingOn(person, faceHash(hash));
  return rulingOn(person, fileWordsHash(hash)) ?? (claimed?.kind === 'namesake' ? claimed : undefined);
}

function refusalsOf(named: NamedIn): Refusals {
  return {
    optedOut: (who) => namedOptedOut(who, named),
    withoutGrant: (who) => namedWithoutGrant(who, named),
    notCovered: (who, grant, why) => namedNotCovered(who, named, grant, why),
  };
}
