import type { Hit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Words of a name that a place is named for at most: "Martin Luther King Jr". */
const mostWords = 4;

/** Tells which hits are a kind of something ("a King Charles spaniel", "Darwin's finches", "johnny cakes") or a place that exists ("John Lennon airport"), and so nobody. */
export function thingsIn(sight: Sight, names: Names, lexicon: Lexicon): (hit: Hit) => boolean {
  const { pieces } = sight;
  const spans = spansOf(sight, lexicon);
  const starts = new Map(pieces.map(({ starts }, at) => [starts[0]!, at]));
  const ends = new Map(
    pieces.flatMap(({ ends, possessive }, at) =>
      [ends.at(-1)!, ...(possessive ? [ends.at(-2)!] : [])].map((end) => [end, at]),
    ),
  );
  return ({ start, end, name, how }) => {
    if (spans.some((span) => span.start <= start && end <= span.end)) return true;
    const [from, to] = [starts.get(start), ends.get(end)];
    if (from === undefined || to === undefined) return false;
    const [last, next] = [pieces[to]!, pieces[to + 1]];
    const isLikeName = how === 'sound' || how === 'spelling';
    if (isLikeName && to > from && last.before === 'space' && lexicon.isKind(last.letters)) return true;
    const isPart = how === 'surname' || (to === from && names.lengthOf(name) === 1 && !last.possessive);
    return (
      isPart && next !== undefined && /^(?:space|joint)$/.test(next.before) && lexicon.isKind(next.letters)
    );
  };
}

/** Where such places and things are told. */
function spansOf({ pieces }: Sight, lexicon: Lexicon): { start: number; end: number }[] {
  return pieces.flatMap(({ letters, before, ends }, at) => {
    if (before === 'stop') return [];
    for (let from = Math.max(0, at - mostWords); from < at; from++) {
      const words = pieces.slice(from, at).map((piece) => piece.letters);
      if (lexicon.isThingOf(words.join(' '), letters))
        return [{ start: pieces[from]!.starts[0]!, end: ends.at(-1)! }];
    }
    return [];
  });
}
