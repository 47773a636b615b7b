import { createRandom } from '../random.ts';
import type { Setting, Time, Weather } from '../scene/scene.ts';
import type { Brief, Subject } from './brief.ts';
import { settingWords, timeWords, weatherWords } from './place-words.ts';
import { hasRoom } from './room.ts';
import { readSubjects } from './subjects.ts';
import { type Token, tokens } from './tokens.ts';
import { undrawnNouns } from './undrawn.ts';

/** What the clauses BACKDROP, WEATHER and TIME say; they override the prompt. */
export interface Clauses {
  backdrop: string | null;
  weather: string | null;
  time: string | null;
  /** Who is in it, beside whom the prompt names. */
  cast?: readonly string[];
}

/** Reads a prompt: where, when, which weather, what is in it, and which nouns nothing here can draw. What is left open the seed chooses. */
export function readPrompt(prompt: string, clauses: Clauses, seed: number): Brief {
  const words = tokens(prompt);
  const { subjects, used } = readSubjects(words);
  const random = createRandom(seed).fork('brief');
  const backdrop = clauses.backdrop === null ? [] : tokens(clauses.backdrop);
  const inBackdrop = readSubjects(backdrop);
  const everything = withCast(merge(subjects, inBackdrop.subjects), clauses.cast?.length ?? 0);
  const setting =
    first(backdrop, settingWords) ??
    first(words, settingWords) ??
    guessSetting(everything) ??
    random.pick<Setting>(['sea', 'mountains', 'plain', 'city']);
  const kinds = new Set(everything.map((subject) => subject.kind));
  const mood = readMood(prompt, clauses);
  const time =
    mood.time ??
    (kinds.has('star') || kinds.has('moon')
      ? 'night'
      : kinds.has('lighthouse') || kinds.has('lamp')
        ? 'dusk'
        : random.pick<Time>(['dusk', 'day', 'dawn', 'dusk']));
  const weather = mood.weather ?? 'clear';
  const undrawn = [
    ...undrawnNouns(words, used),
    ...undrawnNouns(backdrop, inBackdrop.used),
    ...everything.filter(({ kind }) => !hasRoom(setting, kind)).map(({ kind }) => kind),
  ];
  const drawn = everything.filter(({ kind }) => hasRoom(setting, kind));
  return { setting, time, weather, subjects: drawn, undrawn: [...new Set(undrawn)] };
}

/** The time of day and the weather that somebody asked for; null for what was left open. */
export function readMood(prompt: string, clauses: Clauses): { time: Time | null; weather: Weather | null } {
  const words = tokens(prompt);
  const backdrop = clauses.backdrop === null ? [] : tokens(clauses.backdrop);
  const meant = <Meaning extends string>(
    value: string | null,
    table: readonly (readonly [Meaning, readonly string[]])[],
  ) => spoken(value, table) ?? first(words, table) ?? first(backdrop, table);
  return { time: meant(clauses.time, timeWords), weather: meant(clauses.weather, weatherWords) };
}

/** The first meaning in a table's order that the words name: tables put the telling words first. */
function first<Meaning>(
  words: readonly Token[],
  table: readonly (readonly [Meaning, readonly string[]])[],
): Meaning | null {
  const text = ` ${words.map((token) => token.word).join(' ')} `;
  const stems = ` ${words.map((token) => token.stem).join(' ')} `;
  for (const [meaning, names] of table)
    for (const name of names) if (text.includes(` ${name} `) || stems.includes(` ${name} `)) return meaning;
  return null;
}

/** A clause's value: one of the meanings themselves (`fog`) or a word for one (`misty`). */
function spoken<Meaning extends string>(
  value: string | null,
  table: readonly (readonly [Meaning, readonly string[]])[],
): Meaning | null {
  if (value === null) return null;
  const direct = table.find(([meaning]) => meaning === value.trim().toLowerCase());
  return direct ? direct[0] : first(tokens(value), table);
}

function merge(subjects: readonly Subject[], more: readonly Subject[]): Subject[] {
  return [...subjects, ...more.filter((one) => !subjects.some((known) => known.kind === one.kind))];
}

/** A figure for each who is cast, as far as the prompt has no people already; nobody's likeness, which this renderer cannot draw. */
function withCast(subjects: readonly Subject[], cast: number): readonly Subject[] {
  const there = subjects.reduce((sum, { kind, count }) => sum + (kind === 'person' ? count : 0), 0);
  if (there >= cast) return subjects;
  const figures: Subject = {
    ...{ kind: 'person', count: Math.min(40, cast - there), color: null, side: null, distance: null },
    traits: [],
  };
  return [...subjects, figures];
}

/** Where a thing is at home. */
function guessSetting(subjects: readonly Subject[]): Setting | null {
  const kinds = new Set(subjects.map((subject) => subject.kind));
  if (kinds.has('lighthouse') || kinds.has('sailboat') || kinds.has('ship') || kinds.has('boat'))
    return 'sea';
  if (kinds.has('palm')) return 'beach';
  if (kinds.has('bridge')) return 'river';
  if (kinds.has('car') || kinds.has('bus') || kinds.has('lamp')) return 'city';
  if (kinds.has('pine')) return 'mountains';
  if (
    kinds.has('sheep') ||
    kinds.has('windmill') ||
    kinds.has('balloon') ||
    kinds.has('train') ||
    kinds.has('tree') ||
    kinds.has('house')
  )
    return 'plain';
  return null;
}
