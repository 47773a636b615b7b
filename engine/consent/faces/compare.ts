import type { Seen } from './port.ts';
import type { Template } from './templates.ts';

/** From which product of two faces on they are of the same person, and up to which they are of two: SFace's, as measured in docs/consent.md. OpenCV parts them at .363,
 * which is right for unlocking a telephone and wrong here, where a mistake accuses somebody: what lies between is for a moderator. */
export const sameFace = 0.62;
export const otherFace = 0.33;

/** Whose face was seen. */
export interface Finding {
  person: number;
  /** False where a moderator has to look. */
  sure: boolean;
}

/** Whom the faces may be of, each person once. */
export function compareFaces({ faces }: Seen, templates: readonly Template[]): Finding[] {
  const nearest = new Map<number, number>();
  for (const { person, known } of templates)
    for (const face of faces)
      if (face.known !== null)
        nearest.set(person, Math.max(nearest.get(person) ?? -1, product(face.known, known)));
  return [...nearest].flatMap(([person, near]) =>
    near > otherFace ? [{ person, sure: near >= sameFace }] : [],
  );
}

/** -1 to 1, of numbers whose length is 1. */
function product(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, each, at) => sum + each * (other[at] ?? 0), 0);
}
