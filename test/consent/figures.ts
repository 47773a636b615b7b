import type { Lexicon } from '../../engine/consent/matcher/lexicon.ts';
import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';
import type { Finding, Matcher, PersonNames } from '../../engine/consent/matcher/port.ts';
import { knownPeople } from '../../engine/consent/people/known.ts';
import { abroad } from './abroad.ts';
import { abroadDisguises, abroadParts } from './abroad-disguises.ts';
import {
  blindHarmless,
  type Corpus,
  corpora,
  type Hidden,
  hiddenInScripts,
  hiddenPrompts,
  strangers,
} from './blind.ts';
import { type Disguise, disguised, disguises, parts } from './disguises.ts';
import { everydayPrompts } from './everyday.ts';
import { hardPrompts, harmlessPrompts, heldOutPrompts } from './harmless.ts';
import { heldOutDisguises, heldOutParts } from './held-out.ts';
import { longPrompts, longPromptsWithCharacters } from './long.ts';
import { heldOut, tuned } from './people.ts';
import { proseIn, type Spelled, spellings, worldNames, worldProse, worldSpellings } from './scripts.ts';

/** What became of some prompts. */
export interface Counted {
  name: string;
  prompts: number;
  blocked: number;
  reviewed: number;
  /** Those that it went wrong with: harmless ones that were found, or hidden names that were not. */
  wrong: string[];
}

/** All that is measured about the matcher. */
export interface Figures {
  people: number;
  harmless: Counted[];
  whole: Counted[];
  part: Counted[];
  heldOutWhole: Counted[];
  heldOutPart: Counted[];
  abroadWhole: Counted[];
  abroadPart: Counted[];
  /** Well-known names as other scripts write them, by language; one half was tuned on. */
  scripts: Counted[];
  heldOutScripts: Counted[];
  heldOutSmallLetters: Counted[];
  /** Widely known people who do not come with the program. */
  world: Counted[];
  heldOutWorld: Counted[];
  heldOutWorldSmallLetters: Counted[];
  /** What others wrote who saw nothing of the matcher. */
  blind: { corpus: Corpus; hidden: Counted[]; harmless: Counted }[];
  blindScripts: Counted[];
}

/** Measures the matcher with the known people and invented ones; the same each time. */
export async function measureNames(): Promise<Figures> {
  const lexicon = await loadLexicon();
  const known: PersonNames[] = [];
  for await (const person of knownPeople()) known.push(person);
  const harmless = createMatcher(lexicon, [...known, ...tuned, ...heldOut, ...abroad]);
  const knownNames = new Set(
    [...known, ...abroad].flatMap(({ names }) => names.map((name) => name.toLowerCase())),
  );
  const ids = new Set(abroad.map(({ id }) => id));
  const others = known.filter(({ names }) => !names.some((name) => ids.has(name)));
  const latin = createMatcher(lexicon, known.map(inLatin));
  const world = createMatcher(lexicon, [
    ...known.map(inLatin),
    ...worldNames().map((name) => ({ id: name, names: [name], kind: 'public figure' as const })),
  ]);
  const small = (text: string) => text.toLowerCase();
  return {
    people: harmless.size,
    harmless: [
      countHarmless('written by hand to be hard', hardPrompts(), harmless),
      countHarmless('made of templates', harmlessPrompts(2000, 1), harmless),
      countHarmless('written later, not tuned on', heldOutPrompts(), harmless),
      countHarmless('made of templates with another seed', harmlessPrompts(2000, 20_261_128), harmless),
      countHarmless(
        'words that are names too, in other sentences',
        everydayPrompts(3000, 20_261_128),
        harmless,
      ),
      countHarmless('long, as written and in four other ways of writing', longPrompts(), harmless),
      countHarmless(
        'long, with somebody in them who has a common name',
        longPromptsWithCharacters(600, 20_261_128, (name) => knownNames.has(name.toLowerCase())),
        harmless,
      ),
      countHarmless('Russian, Ukrainian and Bulgarian', proseIn('cyrillic'), harmless),
      countHarmless('the same, written later, not tuned on', proseIn('cyrillic held out'), harmless),
      countHarmless(
        'Greek, Arabic, Hebrew, Hindi, Chinese, Japanese and Korean',
        proseIn('others'),
        harmless,
      ),
      countHarmless('in eleven languages of other scripts', worldProse('tuned'), harmless),
      countHarmless('the same, not tuned on', worldProse('held out'), harmless),
    ],
    whole: countFound(lexicon, known, tuned, disguises, 1),
    part: countFound(lexicon, known, tuned, parts, 2),
    heldOutWhole: countFound(lexicon, known, heldOut, { ...heldOutDisguises, ...disguises }, 20_261_128),
    heldOutPart: countFound(lexicon, known, heldOut, { ...heldOutParts, ...parts }, 20_261_129),
    abroadWhole: countFound(lexicon, others, abroad, abroadDisguises, 77),
    abroadPart: countFound(lexicon, others, abroad, abroadParts, 77),
    scripts: countSpellings(latin, spellings('tuned')),
    heldOutScripts: countSpellings(latin, spellings('held out')),
    heldOutSmallLetters: countSpellings(latin, spellings('held out'), small),
    world: countSpellings(world, worldSpellings('tuned')),
    heldOutWorld: countSpellings(world, worldSpellings('held out')),
    heldOutWorldSmallLetters: countSpellings(world, worldSpellings('held out'), small),
    blind: (Object.keys(corpora) as Corpus[]).map((corpus) => ({
      corpus,
      hidden: countHidden(lexicon, known, hiddenPrompts(corpus), corpus),
      harmless: countHarmless(corpus, blindHarmless(corpus), harmless),
    })),
    blindScripts: countHidden(lexicon, known.map(inLatin), hiddenInScripts()),
  };
}

function countHarmless(name: string, prompts: readonly string[], matcher: Matcher): Counted {
  const counted: Counted = { name, prompts: prompts.length, blocked: 0, reviewed: 0, wrong: [] };
  for (const prompt of prompts) {
    const verdicts = matcher.find(prompt).map(({ verdict }) => verdict);
    if (verdicts.length === 0) continue;
    if (verdicts.includes('block')) counted.blocked++;
    else counted.reviewed++;
    counted.wrong.push(prompt);
  }
  return counted;
}

function countFound(
  lexicon: Lexicon,
  known: readonly PersonNames[],
  people: readonly PersonNames[],
  ways: Record<string, Disguise>,
  seed: number,
): Counted[] {
  const matcher = createMatcher(lexicon, [...known, ...people]);
  const rows = new Map<string, Counted>();
  for (const { way, name, prompt } of disguised(people, ways, seed))
    count(rows, way, prompt, matcher.find(prompt), name);
  return [...rows.values()];
}

function countHidden(
  lexicon: Lexicon,
  known: readonly PersonNames[],
  hidden: readonly Hidden[],
  corpus?: Corpus,
): Counted[] {
  const people = [...known, ...strangers(hidden, known, corpus)];
  const ids = new Map(
    people.toReversed().flatMap(({ id, names }) => names.map((name) => [name.toLowerCase(), id])),
  );
  const matcher = createMatcher(lexicon, people);
  const rows = new Map<string, Counted>();
  for (const { way, name, prompt } of hidden)
    count(rows, way, prompt, matcher.find(prompt), ids.get(name.toLowerCase())!);
  return [...rows.values()];
}

/** Counts what became of a prompt that hides somebody. */
function count(
  rows: Map<string, Counted>,
  name: string,
  prompt: string,
  found: readonly Finding[],
  who: string,
): void {
  const row = rows.get(name) ?? { name, prompts: 0, blocked: 0, reviewed: 0, wrong: [] };
  rows.set(name, row);
  row.prompts++;
  const verdicts = found.filter(({ person }) => person === who).map(({ verdict }) => verdict);
  if (verdicts.includes('block')) row.blocked++;
  else if (verdicts.length > 0) row.reviewed++;
  else row.wrong.push(prompt);
}

/** An entry with nothing but Latin letters. */
function inLatin(person: PersonNames): PersonNames {
  const names = person.names.filter((name) => !/[^\p{Script=Latin}\p{Script=Common}\p{M}]/u.test(name));
  return { ...person, id: names[0]!, names };
}

/** Names as they are written in other scripts, by people whose entries have only Latin letters. */
function countSpellings(
  matcher: Matcher,
  spelled: readonly Spelled[],
  written: (text: string) => string = (text) => text,
): Counted[] {
  const rows = new Map<string, Counted>();
  for (const { language, name, prompt } of spelled)
    count(rows, language, prompt, matcher.find(written(prompt)), name);
  return [...rows.values()];
}

/** The part that was blocked or sent to review, 0 to 1. */
export function recallOf(rows: readonly Counted[]): number {
  const sum = (value: (row: Counted) => number) => rows.reduce((total, row) => total + value(row), 0);
  return sum(({ blocked, reviewed }) => blocked + reviewed) / sum(({ prompts }) => prompts);
}
