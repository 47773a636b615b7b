import type { Candidates } from './candidates.ts';
import { meantBy } from './heard.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { eachOfPair } from './nicknames.ts';
import type { Sight } from './sight.ts';
import { supportFor } from './support.ts';

/** Finds public figures of whose name two ordinary words in small letters are a misspelling, "tailor swift on stage": one is written as it is, and something is told that they are known for. */
export function findPlainMisspelled(
  sight: Sight,
  first: number,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  tell: (name: number) => void,
): void {
  const last = first + 1;
  if (sight.pieces[last]!.before !== 'space') return;
  const [a, b] = [candidates(first), candidates(last)];
  const compare = (xs: readonly number[], ys: () => readonly number[], forward: boolean) => {
    if (xs.length === 0) return;
    for (const y of ys())
      for (const x of xs)
        eachOfPair(names, ...(forward ? ([x, y] as const) : ([y, x] as const)), (name, isForward, full) => {
          if (!isForward || !full || !names.isPublic(name) || !names.isFirst(name)) return;
          if (supportFor(sight, last, name, names) !== 'none') tell(name);
        });
  };
  const formsOf = (at: number, { near }: Candidates) => [
    ...meantBy([sight.pieces[at]!.letters], names, lexicon),
    ...near()[0],
  ];
  compare(a.exact, () => formsOf(last, b), true);
  compare(b.exact, () => formsOf(first, a), false);
}
