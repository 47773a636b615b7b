import type { Hit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Words that a place is named with at most: "Martin Luther King Jr". */
const mostWords = 4;

/** Tells which hits are a kind of something ("a King Charles spaniel", "Darwin's finches", "johnny cakes") or a place that exists ("John Lennon airport"), and so nobody. */
export function thingsIn({ pieces }: Sight, names: Names, lexicon: Lexicon): (hit: Hit) => boolean {
  const starts = new Map(pieces.map(({ starts }, at) => [starts[0]!, at]));
  const ends = new Map(
    pieces.flatMap(({ ends, possessive }, at) =>
      [ends.at(-1)!, ...(possessive ? [ends.at(-2)!] : [])].map((end) => [end, at]),
    ),
  );
  return ({ start, end, name, how }) => {
    const [from, to] = [starts.get(start), ends.get(end)];
    if (from === undefined || to === undefined || to - from >= mostWords) return false;
    const [last, next] = [pieces[to]!, pieces[to + 1]];
    const isLikeName = how === 'sound' || how === 'spelling';
    if (isLikeName && to > from && last.before === 'space' && lexicon.isKind(last.letters)) return true;
    if (next === undefined || next.before === 'stop') return false;
    const words = pieces.slice(from, to + 1).map(({ letters }) => letters);
    if (lexicon.isThingOf(words.join(' '), next.letters)) return true;
    const isPart = how === 'surname' || (to === from && names.lengthOf(name) === 1 && !last.possessive);
    return isPart && next.before !== 'comma' && lexicon.isKind(next.letters);
  };
}
