import { findAlone } from './alone.ts';
import { findApart } from './apart.ts';
import { findBesideAnother } from './beside-another.ts';
import { findSinglesByEar } from './by-ear.ts';
import { findJoinedByEar } from './by-ear-joined.ts';
import { findThreeByEar } from './by-ear-three.ts';
import { candidatesIn } from './candidates.ts';
import { type Effort, unbounded } from './effort.ts';
import { arePair, endsOf, mayJoin } from './ends.ts';
import { findFields } from './fields.ts';
import { findFragments } from './fragments.ts';
import { createGlyphs } from './glyphs.ts';
import type { Hit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import { Names } from './names.ts';
import { findPairs } from './pairs.ts';
import type { Finding, How, Matcher, PersonNames } from './port.ts';
import { readings } from './reading.ts';
import { findRunTogether } from './run-together.ts';
import { type Sight, sightOf } from './sight.ts';
import { thingsIn } from './things.ts';
import { findWhole } from './whole.ts';
import { findDisguisedSurnames } from './with-initial.ts';

/** How many namesakes are told of one place. */
const mostNamesakes = 20;

/** A matcher of names that knows these people (`loadLexicon` gives the lexicon). A text is read in each way for which it gives a reason (`reading.ts`),
 * and each reading searched for all letters of a name (`whole.ts`), inside words (`run-together.ts`), for first and last word as they are, apart from each other (`apart.ts`), or in some form,
 * together (`pairs.ts`), for words by ear in one piece or several (`by-ear.ts`, `by-ear-joined.ts`), for parts of names that the rest of the text supports (`alone.ts`), and for those beside whoever was
 * found (`beside-another.ts`). */
export function createMatcher(
  lexicon: Lexicon,
  people: Iterable<PersonNames> = [],
): Matcher & { readonly bytes: number } {
  const glyphs = createGlyphs();
  const names = new Names(lexicon, glyphs);
  for (const person of people) names.add(person);
  return {
    find(text, effort = unbounded()) {
      return within(names, effort, () => {
        const hits: Hit[] = [];
        const emit = (hit: Hit) => hits.push(hit);
        names.spend(perCharacter * text.length);
        let plain: Sight | undefined;
        for (const reading of readings(glyphs(text))) {
          names.spend(perPiece * reading.pieces.length);
          const sight = sightOf(reading, lexicon, (hash) => names.isContext(hash));
          // As it stands it is read first.
          plain ??= sight;
          findWhole(sight, text, names, lexicon, emit);
          findRunTogether(sight, names, lexicon, emit);
          findApart(sight, text, names, lexicon, emit);
          findFragments(sight, text, names, emit);
          const candidates = candidatesIn(sight, names, lexicon);
          findPairs(sight, candidates, names, lexicon, emit);
          findFields(sight, candidates, names, lexicon, emit);
          findThreeByEar(sight, candidates, names, lexicon, emit);
          findJoinedByEar(sight, candidates, names, lexicon, (name, first, last) => {
            const [start, end] = [reading.pieces[first]!.starts[0]!, reading.pieces[last]!.ends.at(-1)!];
            emit({ start, end, name, verdict: 'review', how: 'sound' });
          });
          if (reading.disguise) {
            findDisguisedSurnames(sight, names, lexicon, emit);
            continue;
          }
          findAlone(sight, candidates, names, lexicon, emit);
          findSinglesByEar(sight, candidates, names, lexicon, emit);
          findBesideAnother(sight, text, hits, names, emit);
        }
        if (plain === undefined || hits.length === 0) return [];
        const isThing = thingsIn(plain, names, lexicon);
        return findingsOf(
          hits.filter((hit) => !isThing(hit)),
          text,
          names,
        );
      });
    },
    ends: (text, effort = unbounded()) =>
      within(names, effort, () => {
        const found = readings(glyphs(text));
        for (const { pieces } of found) names.spend(perEnd * pieces.length);
        return endsOf(found, names);
      }),
    mayJoin: (a, b, effort = unbounded()) => within(names, effort, () => mayJoin(a, b, names)),
    arePair: (a, b, effort = unbounded()) => within(names, effort, () => arePair(a, b, names)),
    add: (person) => names.add(person),
    remove: (id) => names.remove(id),
    get size() {
      return names.size;
    },
    get bytes() {
      return names.bytes;
    },
  };
}

/** What reading takes, in units of `Effort`: a character, and a piece with what it may support. */
const perCharacter = 12;
const perPiece = 30;
const perEnd = 10;

/** Looks with no more effort than there is, and leaves what is left of it. */
function within<Result>(names: Names, effort: Effort, look: () => Result): Result {
  names.effort.left = effort.left;
  try {
    return look();
  } finally {
    effort.left = names.effort.left;
    names.effort.left = Number.POSITIVE_INFINITY;
  }
}

/** Of what was found twice the surest, and of namesakes some. */
function findingsOf(hits: readonly Hit[], text: string, names: Names): Finding[] {
  const best = new Map<string, Hit[]>();
  for (const hit of [...hits].sort(bySureness)) {
    const person = names.personOf(hit.name);
    const told = best.get(person) ?? [];
    if (told.some((other) => other.start < hit.end && hit.start < other.end)) continue;
    told.push(hit);
    best.set(person, told);
  }
  const kept = [...best.values()].flat();
  kept.sort((a, b) => a.start - b.start || rank(a) - rank(b) || a.end - b.end);
  const counts = new Map<number, number>();
  return kept
    .filter(({ start }) => {
      const count = (counts.get(start) ?? 0) + 1;
      counts.set(start, count);
      return count <= mostNamesakes;
    })
    .map((hit) => ({
      start: hit.start,
      end: hit.end,
      person: names.personOf(hit.name),
      verdict: hit.verdict,
      how: hit.how,
      why: whyOf(hit, text, names),
    }));
}

const rank = ({ verdict }: { verdict: string }) => (verdict === 'block' ? 0 : 1);

const sureness: readonly How[] = [
  'exact',
  'script',
  'order',
  'run together',
  'middle',
  'disguised',
  'spelling',
  'nickname',
  'sound',
  'initials',
  'split',
  'surname',
];

function bySureness(a: Hit, b: Hit): number {
  return (
    rank(a) - rank(b) ||
    sureness.indexOf(a.how) - sureness.indexOf(b.how) ||
    b.end - b.start - (a.end - a.start)
  );
}

const reasons: Record<How, string> = {
  exact: 'is the name',
  script: 'is, in another script, the name',
  order: 'is, family name first, the name',
  'run together': 'has, run together with other letters, the name',
  middle: 'is, with more or fewer names between, the name',
  disguised: 'reads, with its disguise taken off, as the name',
  spelling: 'is, but for its spelling, the name',
  nickname: 'is a short form of the name',
  sound: 'sounds like the name',
  initials: 'may be short for the name',
  surname: 'is a part of the name',
  split: 'is, put together, the name',
};

function whyOf(hit: Hit, text: string, names: Names): string {
  const ours = names.oursOf(hit.name);
  const name =
    names.nativeOf(ours) ??
    names
      .wordsOf(ours)
      .map((word) => word[0]!.toUpperCase() + word.slice(1))
      .join(' ');
  return `“${text.slice(hit.start, hit.end)}” ${reasons[hit.how]} ${name}`;
}
