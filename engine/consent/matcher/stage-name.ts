import type { Lexicon } from './lexicon.ts';
import { hashOf } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** How far away something is said of the same: words of one sentence. */
const near = 8;

/** What stands before a thing and before nobody's name. */
export const determiners =
  /^(?:an?|the|this|that|these|those|his|her|my|our|your|their|its|every|each|one|two|three|some|any|no|another|little|happy|sad|lonely|tiny|baby)$/;
const ages = /^(?:young|old)$/;
const performing =
  /^(?:sing|sings|singing|sang|perform|performs|performing|performed|rap|raps|rapping|play|plays|playing|dances|dancing|live)$/;
const singing = /^(?:sings|singing|performs|performing|raps|rapping)$/;
const places = /^(?:on|in|at|with|for|during|behind|before|to|into|under|an?|the|his|her|their|my|live)$/;
const credits = /^(?:by|featuring|feat|ft|starring|with|of|from|like|and|meets)$/;
const onStage = /^(?:stage|concert|tour|studio|microphone|mic)$/;

/** Whether a name that is also an ordinary word is somebody who performs: "Prince singing on stage", "a concert by Seal", and not "a prince singing to
 * his princess". A thing has an article or stands for many; whoever has the name stands bare, and what they are known for follows. */
export function isOnStage(sight: Sight, at: number, name: number, names: Names, lexicon: Lexicon): boolean {
  const { pieces } = sight;
  const piece = pieces[at]!;
  const [before, next, after] = [
    piece.before === 'space' ? pieces[at - 1] : undefined,
    pieces[at + 1],
    pieces[at + 2],
  ];
  if (before && (determiners.test(before.letters) || (ages.test(before.letters) && !sight.capital[at])))
    return false;
  if (next && (next.letters === 'of' || (next.before === 'space' && next.capital && !sight.headline)))
    return false;
  const written = !sight.headline && piece.capital;
  // In small letters "three blind mice and pink" is what it says.
  if (before && !sight.capital[at] && !credits.test(before.letters)) return false;
  const isDoing = (place: number) =>
    place !== at &&
    (performing.test(pieces[place]!.letters) || isKnownFor(sight, place, name, names, lexicon));
  const around = placesAround(sight, at).filter(isDoing);
  if (!around.some((place) => isKnownFor(sight, place, name, names, lexicon))) return false;
  const credited = before && credits.test(before.letters) && around.some((place) => place < at);
  if (credited) return sight.capital[at] === true || around.length > 1;
  if (!next || next.before === 'stop') return false;
  if (piece.possessive) return written;
  const goes =
    performing.test(next.letters) ||
    (isDoing(at + 1) && /(?:s|ing)$/.test(next.letters)) ||
    (/ing$/.test(next.letters) && after !== undefined && places.test(after.letters));
  if (!goes && !places.test(next.letters)) return false;
  if (sight.capital[at] || around.length > 1) return true;
  const where = after && /^(?:the|an?|his|her)$/.test(after.letters) ? pieces[at + 3] : after;
  if (where && onStage.test(where.letters) && places.test(next.letters)) return true;
  // "Seal singing on a rock" may be him; "seal singing on a rock" is none.
  return written && singing.test(next.letters) && (!after || places.test(after.letters));
}

/** Places of the same sentence, the name's own left out. */
function placesAround({ pieces }: Sight, at: number): number[] {
  const found: number[] = [];
  for (let back = at; back > Math.max(0, at - near) && pieces[back]!.before !== 'stop'; back--)
    found.unshift(back - 1);
  for (let on = at + 1; on < Math.min(pieces.length, at + near) && pieces[on]!.before !== 'stop'; on++)
    found.push(on);
  return found;
}

function isKnownFor({ pieces }: Sight, at: number, name: number, names: Names, lexicon: Lexicon): boolean {
  const families = new Set(lexicon.roles(pieces[at]!.letters).map(({ family }) => hashOf(`@${family}`)));
  return families.size > 0 && names.hasContext(name, families);
}
