import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** How near to a name a profession stands that is said of it: "the actor Cruise", "Cruise, the actor". */
const beside = 3;

/** Family names that stand first, and are given names elsewhere: "President Xi". */
const first = new Set(
  'xi kim lee li wang zhang liu chen yang huang zhao wu zhou xu sun zhu ma hu guo lin he gao liang zheng luo song xie tang han cao deng peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao cui tan park choi jung kang cho yoon jang lim moon mao nguyen tran pham hoang phan'.split(
    ' ',
  ),
);

/** How much the text says of a person, least first: what their profession does, much of it, their profession, that beside or before the name, and what only they are known for. */
export type Support = 'none' | 'weak' | 'busy' | 'noun' | 'beside' | 'next' | 'specific';

/** What in the text speaks for a person. */
export function supportFor(sight: Sight, at: number, name: number, names: Names): Support {
  const { any, specific, nouns, doings, busy, nounsAt, wordsAt } = sight.context(at);
  if (!names.hasContext(name, any)) return 'none';
  if (names.hasContext(name, specific)) return 'specific';
  for (let away = 1; away <= beside; away++)
    for (const near of [at - away, at + away]) {
      if (isStopBetween(sight, near, at)) continue;
      const roles = nounsAt.get(near);
      if (roles && names.hasContext(name, roles))
        return away === 1 && near < at && sight.pieces[at]!.before === 'space' ? 'next' : 'beside';
      const word = wordsAt.get(near);
      if (word !== undefined && names.hasContext(name, { has: (hash) => hash === word })) return 'beside';
    }
  if (names.hasContext(name, nouns)) return 'noun';
  if (names.hasContext(name, busy)) return 'busy';
  return names.hasContext(name, doings) ? 'weak' : 'none';
}

/** Whether what supports a name is enough for a word that also means something else. */
export function isEnough(
  sight: Sight,
  at: number,
  form: string,
  plainness: string,
  support: Support,
  isLast: boolean,
): boolean {
  const written = !sight.headline && (sight.pieces[at]!.capital || sight.pieces[at]!.capitals);
  const near = support === 'next' || support === 'beside';
  const sure = support === 'specific' || near;
  if (!isLast)
    return (
      (support === 'specific' || support === 'next') &&
      (plainness === 'unknown' || (plainness === 'given' && written && (!near || first.has(form))))
    );
  if (isProduct(sight, at)) return support === 'specific' && written && plainness !== 'common';
  if (plainness === 'unknown') return support !== 'weak' || written || sight.pieces.length < 40;
  const told = support === 'noun' || support === 'busy';
  if (plainness === 'given') return sure || (told && written);
  if (plainness === 'known')
    return support === 'specific' || support === 'next' || (written && (near || told));
  return (
    (written && (support === 'specific' || near || (support === 'busy' && isNoQuality(sight, at)))) ||
    support === 'next'
  );
}

/** "Jordan sneakers", "Ford truck". */
function isProduct(sight: Sight, at: number): boolean {
  const next = sight.pieces[at + 1];
  return (
    next !== undefined &&
    next.before === 'space' &&
    /^(?:car|cars|truck|trucks|sneakers|shoes|dress|bag|watch|perfume|jersey|jerseys|street|avenue|road|hotel|park|city|river|lake|bridge|airport|county|island|memorial|guitar|pizza|coffee|mustang|cup)$/.test(
      next.letters,
    )
  );
}

/** "Swift on stage" and "Swift, with a guitar" tell of somebody, "Swift foxes" of foxes. */
export function isNoQuality({ pieces }: Sight, at: number): boolean {
  const next = pieces[at + 1];
  return (
    next === undefined ||
    next.before === 'comma' ||
    next.before === 'stop' ||
    /^(?:on|at|in|with|and|behind|before|is|sings|plays|performs|dances|walks|enters|holds)$/.test(
      next.letters,
    )
  );
}

function isStopBetween({ pieces }: Sight, a: number, b: number): boolean {
  return pieces.slice(Math.min(a, b) + 1, Math.max(a, b) + 1).some(({ before }) => before === 'stop');
}
