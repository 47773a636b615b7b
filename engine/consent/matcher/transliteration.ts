import { readFileSync } from 'node:fs';
import { Classes } from './classes.ts';
import { type Script, scripts } from './scripts.ts';
import { lettersIn, maskOf } from './vocabulary.ts';

/** How many units of a script, and how many letters of ours, are learnt as one part. */
export const longest: Readonly<Record<Script, { units: number; letters: number }>> = {
  cyrillic: { units: 2, letters: 3 },
  greek: { units: 2, letters: 3 },
  arabic: { units: 2, letters: 3 },
  hebrew: { units: 2, letters: 3 },
  indic: { units: 2, letters: 3 },
  han: { units: 3, letters: 3 },
  kana: { units: 3, letters: 3 },
  hangul: { units: 2, letters: 3 },
  thai: { units: 3, letters: 3 },
  letters: { units: 2, letters: 3 },
};

/** What some units, joined, are written for. */
export interface Part {
  /** How much likelier they are written for these letters (`codeOf`) than by chance, in nats. */
  gains: ReadonlyMap<number, number>;
  /** The same for no letters. */
  silent: number;
  /** The same by the first letter (a is 1), four numbers for each: how many letters, the second and the third or 0, and how much likelier. */
  byFirst: readonly (readonly number[] | undefined)[];
  /** What they say less for a letter than they could (a is 0), in nats; where they are written for several at once a share of it. */
  losses: readonly (readonly [letter: number, loss: number])[];
  /** What they may be in consonants (`Classes`), and how unsure each is, in nats (−ln p). */
  classes: readonly (readonly [classes: number, cost: number])[];
}

/** How a script writes names. */
export interface Model {
  script: Script;
  /** By units, joined; none for letters that are not written. */
  parts: ReadonlyMap<string, Part>;
  /** How rare a unit is in names, in nats. */
  rarity(unit: string): number;
}

/** Added to how often letters were seen, so that what was seen once is not believed too much. */
const doubt = 1;

/** The rarity of a unit that no name has. */
const unseen = 7;

/** What nothing leads to. */
export const impossible = Number.NEGATIVE_INFINITY;

/** A few letters as a number, which is looked up faster. */
function codeOf(letters: string): number {
  let code = 0;
  for (const letter of letters) code = 27 * code + letter.charCodeAt(0) - 96;
  return code;
}

/** Reads how often parts were seen in names (`words/abroad-sounds.txt`, learnt from `words/abroad.txt` by `npm run learn`). */
export function loadModels(): Readonly<Record<Script, Model>> {
  const text = readFileSync(new URL('./words/abroad-sounds.txt', import.meta.url), 'utf8');
  const sections = text.split(/^= /m).slice(1);
  const models = new Map(
    sections.map((section) => {
      const [script, ...lines] = section.trim().split('\n');
      return [script, modelOf(script as Script, lines)];
    }),
  );
  return Object.fromEntries(scripts.map((script) => [script, models.get(script)!])) as Record<Script, Model>;
}

/** `дж j 41.2 g 3`: units, and how often they were seen for which letters; a hyphen for none. */
function modelOf(script: Script, lines: readonly string[]): Model {
  const seen = lines.map((line) => {
    const [units, ...pairs] = line.split(' ').map((cell) => (cell === '-' ? '' : cell));
    const letters = pairs.flatMap((cell, at) =>
      at % 2 === 0 ? [[cell, Number(pairs[at + 1])] as const] : [],
    );
    return { units: units!, letters };
  });
  const ofLetters = new Map<string, number>();
  const ofUnit = new Map<string, number>();
  let all = 0;
  for (const { units, letters } of seen)
    for (const [form, count] of letters) {
      ofLetters.set(form, (ofLetters.get(form) ?? 0) + count);
      for (const unit of units) {
        ofUnit.set(unit, (ofUnit.get(unit) ?? 0) + count);
        all += count;
      }
    }
  const rarity = (unit: string) => {
    const count = ofUnit.get(unit);
    return count === undefined ? unseen : Math.min(unseen, -Math.log(count / all));
  };
  const parts = new Map<string, Part>();
  for (const { units, letters } of seen) {
    const rare = [...units].reduce((sum, unit) => sum + rarity(unit), 0);
    const gains = new Map<number, number>();
    const losses = new Map<number, number>();
    const byFirst: number[][] = [];
    const classes = new Map<number, number>();
    const sum = letters.reduce((all, [, count]) => all + count, 0);
    for (const [form, count] of letters) {
      const loss = -Math.log(count / (ofLetters.get(form)! + doubt));
      gains.set(codeOf(form), rare - loss);
      const distinct = lettersIn(maskOf(form));
      for (const letter of distinct)
        losses.set(letter, Math.min(losses.get(letter) ?? Infinity, loss / distinct.length));
      const [first, second = 0, third = 0] = [...form].map((letter) => letter.charCodeAt(0) - 96);
      if (first !== undefined)
        byFirst[first] = [...(byFirst[first] ?? []), form.length, second, third, rare - loss];
      const key = Classes.of(form);
      classes.set(key, (classes.get(key) ?? 0) + count / sum);
    }
    parts.set(units, {
      gains,
      byFirst,
      silent: gains.get(0) ?? impossible,
      losses: [...losses],
      classes: [...classes]
        .map(([key, chance]) => [key, -Math.log(chance)] as const)
        .sort((a, b) => a[1] - b[1]),
    });
  }
  return { script, parts, rarity };
}
