import { matrixOf, type OurMatrix } from './colours.ts';
import type { Predicted } from './facts.ts';

/** Codings whose packets stand in one track, and the colours that its pictures have. */
export interface JointCodings {
  codings: ReadonlySet<string>;
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
 * every other that players show in the same colours and whose parameter sets are told apart by their numbers. */
export function jointCodings(clips: readonly Predicted[]): JointCodings | null {
  const [first, ...others] = byRunningTime(clips);
  if (first === undefined) return null;
  const codings = new Set([first.coding]);
  let sets = first.clip.parameterSets;
  for (const { coding, clip, matrix } of others) {
    if (matrix !== first.matrix || sets === undefined || clip.parameterSets === undefined) continue;
    const both = together(sets, clip.parameterSets);
    if (both === null) continue;
    codings.add(coding);
    sets = both;
  }
  return { codings, matrix: first.matrix };
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
