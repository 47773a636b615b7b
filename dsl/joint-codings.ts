import { matrixOf, type OurMatrix } from './colours.ts';
import type { Predicted } from './facts.ts';

/** Codings whose packets stand in one track, and the colours that its pictures have. */
export interface JointCodings {
  /** The number that the parameter sets of each are given; null where they keep theirs. */
  codings: ReadonlyMap<string, number | null>;
  matrix: OurMatrix;
}

/** The matrix of clips that what we encode can stand beside: H.264 in 4:2:0 and in standard range, in colours that we encode in too. Null for
 * other clips. */
export function matrixBesideOurs(clip: Predicted): OurMatrix | null {
  const { codec, pixelFormat, height, transfer } = clip;
  if (codec !== 'h264' || pixelFormat !== 'yuv420p' || height === undefined || transfer !== undefined)
    return null;
  const matrix = matrixOf({ ...clip, height, pixelFormat });
  return matrix === 'bt709' || matrix === 'bt601' ? matrix : null;
}

/** Chooses what can be copied beside each other and beside what we encode: the coding with the most running time, and from the longest on
 * every other that players show in the same colours and whose parameter sets are told apart by their numbers, or can be given others. */
export function jointCodings(clips: readonly Predicted[]): JointCodings | null {
  const [first, ...others] = byRunningTime(clips);
  if (first === undefined) return null;
  const codings = new Map<string, number | null>([[first.coding, null]]);
  let sets = first.clip.parameterSets;
  for (const { coding, clip, matrix } of others) {
    if (matrix !== first.matrix || sets === undefined || clip.parameterSets === undefined) continue;
    const [joined] = ways(clip.parameterSets, coding).flatMap((way) => {
      const all = together(sets ?? [], way.sets);
      return all === null ? [] : [{ number: way.number, all }];
    });
    if (joined === undefined) continue;
    codings.set(coding, joined.number);
    sets = joined.all;
  }
  return { codings, matrix: first.matrix };
}

/** Numbers that sets of number 0 can be given without decoding (`workers/mp4/renumber.ts`); 30 is ours. */
const newNumbers = [28, 26, 24, 22, 20, 18, 16];

/** The numbers that a clip's parameter sets can have: their own, or another where there is only one of each kind, of number 0. */
function ways(sets: readonly string[], coding: string): { number: number | null; sets: readonly string[] }[] {
  const own = { number: null, sets };
  if (sets.map((set) => set.split(' ')[0]).join(' ') !== 's0 p0') return [own];
  const anew = newNumbers.map((number) => ({
    number,
    sets: [`s${number} ${coding}`, `p${number} ${coding}`],
  }));
  return [own, ...anew];
}

/** The codings that ours can stand beside, longest first; of equals the first comes first. */
function byRunningTime(clips: readonly Predicted[]) {
  const all = new Map<string, { coding: string; clip: Predicted; matrix: OurMatrix; time: number }>();
  for (const clip of clips) {
    const { coding, duration = 0 } = clip;
    const matrix = matrixBesideOurs(clip);
    if (coding === undefined || matrix === null) continue;
    const so = all.get(coding) ?? { coding, clip, matrix, time: 0 };
    all.set(coding, { ...so, time: so.time + duration });
  }
  return [...all.values()].sort((a, b) => b.time - a.time);
}

/** Parameter sets of both, equal ones once. Null where two of one number differ, or where no number of the 32 is left for what we encode
 * beside them. */
function together(some: readonly string[], others: readonly string[]): string[] | null {
  const both = [...new Set([...some, ...others])];
  const names = both.map((set) => set.slice(0, set.indexOf(' ')));
  const numbers = new Set(names.map((name) => name.slice(1)));
  return new Set(names).size === names.length && numbers.size < 32 ? both : null;
}
