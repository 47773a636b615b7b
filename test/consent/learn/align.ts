import type { Script } from '../../../engine/consent/matcher/scripts.ts';
import { longest } from '../../../engine/consent/matcher/transliteration.ts';

/** A word of ours, and the units that another script writes it in. */
export interface Spelling {
  name: string;
  units: readonly string[];
}

/** How often so many units (joined) are written for so many letters; under `units\tletters`. */
export type Counts = ReadonlyMap<string, number>;

const rounds = 10;

/** What every count is less by, so that chance is forgotten, and what it must come to. */
const discount = 0.3;
const least = 0.02;

/** Learns which units stand for which letters from whole words, by expectation and maximisation over all ways to cut both into parts that follow each other
 * (Deligne, Yvon, Bimbot: Variable-length sequence matching for phonetic transcription using joint multigrams, 1995). */
export function align(script: Script, spellings: readonly Spelling[]): Counts {
  let chances: Map<string, number> | null = null;
  let counts = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    counts = new Map();
    for (const spelling of spellings)
      expect(spelling, longest[script], (part, units, letters) =>
        chances === null
          ? Math.exp(-1.2 * (units + letters) - 0.8 * Math.abs(units - letters))
          : (chances.get(part) ?? 0),
      )((part, count) => counts.set(part, (counts.get(part) ?? 0) + count));
    if (round > 2)
      for (const [part, count] of counts)
        if (count < discount + least) counts.delete(part);
        else counts.set(part, count - discount);
    const sum = [...counts.values()].reduce((all, count) => all + count, 0);
    chances = new Map([...counts].map(([part, count]) => [part, count / sum]));
  }
  return counts;
}

type Step = readonly [from: number, to: number, part: string, chance: number];

/** Tells how often each part is expected in one word. */
function expect(
  { name, units }: Spelling,
  most: { units: number; letters: number },
  chanceOf: (part: string, units: number, letters: number) => number,
): (tell: (part: string, count: number) => void) => void {
  const width = name.length + 1;
  const end = units.length * width + name.length;
  const before = new Float64Array(end + 1);
  const behind = new Float64Array(end + 1);
  before[0] = 1;
  behind[end] = 1;
  const steps: Step[] = [];
  for (let i = 0; i <= units.length; i++)
    for (let j = 0; j <= name.length; j++) {
      const from = i * width + j;
      if (before[from] === 0) continue;
      for (let a = 0; a <= Math.min(most.units, units.length - i); a++)
        for (let b = 0; b <= Math.min(most.letters, name.length - j); b++) {
          if (a + b === 0 || (a === 0 && b > 1) || (b === 0 && a > 1)) continue;
          const part = `${units.slice(i, i + a).join('')}\t${name.slice(j, j + b)}`;
          const chance = chanceOf(part, a, b);
          if (chance === 0) continue;
          const to = (i + a) * width + j + b;
          before[to]! += before[from]! * chance;
          steps.push([from, to, part, chance]);
        }
    }
  for (let n = steps.length - 1; n >= 0; n--) {
    const [from, to, , chance] = steps[n]!;
    behind[from]! += chance * behind[to]!;
  }
  return (tell) => {
    const all = before[end]!;
    if (all === 0) return;
    for (const [from, to, part, chance] of steps) {
      const count = (before[from]! * chance * behind[to]!) / all;
      if (count > 1e-6) tell(part, count);
    }
  };
}
