import { faceHash } from '../faces/judge-faces.ts';
import type { Shown } from '../faces/words.ts';
import { type Ruling, rulingKey, rulingsOn } from '../gate/cleared.ts';
import { type Objection, type Register, timeOf } from '../gate/judge.ts';
import { textHash } from '../gate/text-hash.ts';
import type { Words } from '../gate/words.ts';
import { whyNotCovered } from '../grants/covers.ts';
import { grantsOf } from '../grants/standing.ts';
import { peopleById } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';
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
  const { queries, signer } = register;
  const ids = [...new Set(cases.flatMap(({ named }) => named.flatMap(({ person }) => person ?? [])))];
  const people = new Map((await peopleById(queries, ids)).map((person) => [person.id, person]));
  const grants = await grantsOf(queries, signer, workspace, ids);
  const now = grants.length === 0 ? new Date(0) : await timeOf(register);
  const rulings = await rulingsOn(
    queries,
    workspace,
    cases.flatMap(({ hash }) => [fileWordsHash(hash), faceHash(hash)]),
  );
  const whyNot = (person: Person, named: NamedIn): Words | null => {
    if (person.optedOut) return namedOptedOut(person.names[0]!, named);
    const own = grants.filter((grant) => grant.person === person.id);
    const why = own.map((grant) => ({
      grant,
      why: whyNotCovered(grant, { use: 'likeness', now, texts: [] }),
    }));
    if (why.some((each) => each.why === null)) return null;
    const last = why.at(-1);
    return last === undefined
      ? namedWithoutGrant(person.names[0]!, named)
      : namedNotCovered(person.names[0]!, named, last.grant.id, last.why as string);
  };
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
      const person = people.get(finding.person);
      if (person === undefined || told.has(person.id)) continue;
      const spokenOf = finding.kind === 'spoken' && !person.optedOut;
      if (spokenOf && !finding.sure) continue;
      const no = whyNot(person, inside);
      const ruling = rulingOf(rulings, person.id, hash);
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
function rulingOf(rulings: ReadonlyMap<string, Ruling>, person: number, hash: string): Ruling | undefined {
  const claimed = rulings.get(rulingKey(person, faceHash(hash)));
  return (
    rulings.get(rulingKey(person, fileWordsHash(hash))) ??
    (claimed?.kind === 'namesake' ? claimed : undefined)
  );
}
