import { Classes } from './classes.ts';
import { Losses } from './losses.ts';
import type { Script } from './scripts.ts';
import { impossible, longest, type Model, type Part } from './transliteration.ts';

/** A word of another script, as names are compared with it. */
export interface Spoken {
  script: Script;
  /** What it may be in consonants (`Classes`), the likeliest first, and how much less likely each is, in nats: `unsurest` at most. Each way that is tried is spent. */
  classes(
    unsurest: number,
    spend: (units: number) => void,
  ): readonly (readonly [classes: number, unsure: number])[];
  /** How much likelier it is that somebody of this name (a to z) is written so than that it says something else, in nats; minus infinity where that is less than `least`. */
  evidence(name: string, least: number): number;
  /** What the evidence can come to for a name of these letters (`maskOf`): each takes something, however it is written. */
  mostFor(letters: number): number;
  /** What the evidence can come to. */
  most: number;
}

/** Ways to read a word in consonants that are kept while it is read, and how much less sure than the surest they may be at most, in nats. */
const ways = 40;
const mostUnsure = 8;

/** What trying one takes, in units of `Effort`. */
const perWay = 1;

/** What was never seen, in nats: a unit for another letter, a unit for nothing, and a letter that is not written. */
export const strange = { other: -6.2, added: -5.6, left: -4.8 };

/** Units and letters that are compared; of longer words the beginning. */
const most = 24;

/** Listens to some units of a script. */
export function listen(model: Model, all: readonly string[]): Spoken {
  const units = all.slice(0, most);
  const { units: atOnce } = longest[model.script];
  const rarity = units.map((unit) => model.rarity(unit));
  /** By the place, and how many units. */
  const parts = units.map((_, from) =>
    Array.from({ length: Math.min(atOnce, units.length - from) }, (_, more) =>
      model.parts.get(units.slice(from, from + more + 1).join('')),
    ),
  );
  /** What the units from a place on can come to. */
  const ahead = units.map((_, from) => rarity.slice(from).reduce((sum, one) => sum + one, 0));
  ahead.push(0);
  const left = Float64Array.from(
    { length: 27 },
    (_, letter) => model.parts.get('')?.gains.get(letter) ?? strange.left,
  );
  let losses: Losses | undefined;
  return {
    script: model.script,
    classes: (unsurest, spend) => classesOf(parts, Math.min(mostUnsure, unsurest), spend),
    most: ahead[0]!,
    mostFor(letters) {
      losses ??= new Losses([...parts.flat(), model.parts.get('')]);
      return ahead[0]! - losses.of(letters);
    },
    evidence(name, least) {
      const letters = Math.min(name.length, most);
      for (let j = 0; j < letters; j++) codes[j] = name.charCodeAt(j) - 96;
      codes.fill(0, letters);
      width = letters + 1;
      table.fill(impossible, 0, (units.length + 1) * width);
      best.fill(impossible, 0, units.length + 1);
      reach(0, 0, 0);
      for (let i = 0; i <= units.length; i++) {
        for (let j = 0; j <= letters; j++) {
          const here = table[i * width + j]!;
          if (here === impossible || here + ahead[i]! < least) continue;
          if (j < letters) reach(i, j + 1, here + left[codes[j]!]!);
          if (i === units.length) continue;
          reach(i + 1, j, here + rarity[i]! + strange.added);
          if (j < letters) reach(i + 1, j + 1, here + rarity[i]! + strange.other);
          const some = parts[i]!;
          for (let a = 0; a < some.length; a++) {
            const part = some[a];
            if (part === undefined) continue;
            if (part.silent !== impossible) reach(i + a + 1, j, here + part.silent);
            const forms = j < letters ? part.byFirst[codes[j]!] : undefined;
            if (forms !== undefined) goOn(forms, i + a + 1, j, here);
          }
        }
        if (i < units.length && !mayCome(i + 1, Math.min(i + atOnce, units.length), least)) return impossible;
      }
      return table[units.length * width + letters]!;
    },
  };

  /** Whether any way goes on from these rows that can still come to `least`. */
  function mayCome(from: number, to: number, least: number): boolean {
    for (let row = from; row <= to; row++) if (best[row]! + ahead[row]! >= least) return true;
    return false;
  }
}

/** The best way to each place, a row for each unit and a column for each letter, and the best of each row. One for all, since it is filled some thousand times a prompt. */
const table = new Float64Array((most + 1) * (most + 1));
const best = new Float64Array(most + 1);
/** The letters of a name, a is 1. */
const codes = new Uint8Array(most + 2);
let width = 0;

/** Goes on by each form whose letters follow; behind the last stand zeros, which no form has. */
function goOn(forms: readonly number[], row: number, column: number, here: number): void {
  const [second, third] = [codes[column + 1]!, codes[column + 2]!];
  for (let at = 0; at < forms.length; at += 4) {
    const length = forms[at]!;
    if (length > 1 && forms[at + 1] !== second) continue;
    if (length > 2 && forms[at + 2] !== third) continue;
    reach(row, column + length, here + forms[at + 3]!);
  }
}

function reach(row: number, column: number, value: number): void {
  const at = row * width + column;
  if (value <= table[at]!) return;
  table[at] = value;
  if (value > best[row]!) best[row] = value;
}

/** How a word goes on costs every way to a place the same: one that is less sure there than `unsurest` allows stays so. */
function classesOf(
  parts: readonly (readonly (Part | undefined)[])[],
  unsurest: number,
  spend: (units: number) => void,
): [number, number][] {
  let tried = 0;
  const reached = parts.map(() => new Map<number, number>());
  reached.push(new Map());
  reached[0]!.set(Classes.none, 0);
  const least = reached.map(() => Number.POSITIVE_INFINITY);
  for (let at = 0; at < parts.length; at++) {
    const put = (to: number, classes: number, cost: number) => {
      tried++;
      if (cost > least[to]! + unsurest) return;
      if (cost < least[to]!) least[to] = cost;
      const before = reached[to]!.get(classes);
      if (before === undefined || cost < before) reached[to]!.set(classes, cost);
    };
    for (const [classes, cost] of surest(reached[at]!, unsurest)) {
      const some = parts[at]!;
      for (let more = 0; more < some.length; more++)
        for (const [one, unsure] of some[more]?.classes ?? []) {
          if (unsure > mostUnsure) break;
          put(at + more + 1, Classes.join(classes, one), cost + unsure + partCost);
        }
      // A unit that no name has.
      if (some[0] === undefined) put(at + 1, classes, cost + mostUnsure);
    }
  }
  spend(perWay * tried);
  const found = surest(reached[parts.length]!, unsurest);
  return found.map(([classes, cost]) => [classes, cost - found[0]![1]]);
}

/** The surest of the ways to a place, the likeliest first. */
function surest(reached: ReadonlyMap<number, number>, unsurest: number): [number, number][] {
  const sorted = [...reached].sort((a, b) => a[1] - b[1]).slice(0, ways);
  return sorted.filter(([, cost]) => cost <= sorted[0]![1] + unsurest);
}

/** What each part costs: a word is read in few. */
const partCost = 0.7;
