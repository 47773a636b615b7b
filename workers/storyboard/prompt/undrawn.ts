import { settingWords, timeWords, weatherWords } from './place-words.ts';
import { colorWords, numberWords } from './quality-words.ts';
import { scenery } from './scenery.ts';
import type { Token } from './tokens.ts';

const determiners = new Set(
  'a an the this that these those my your his her its our their some any no every each another one two three four five six seven eight nine ten many few several lone'.split(
    ' ',
  ),
);

/** Words that stand where nouns do without naming a thing. */
const other = new Set(
  (
    'is are was were be been being has have had do does did will would can could may might must shall should not and or but as if than then so very too quite ' +
    'just only also still even here there where when while who whom whose which what how why all more most less least much such same other own of in on at by for ' +
    'with from into onto over under above below between through across along around near behind beside before after during until against within without off up down out ' +
    'to toward towards past like about he she it they we you i him them us me himself herself itself themselves slowly quickly softly gently quietly suddenly ' +
    'old new young small little big large great tall short long wide narrow high low deep bright dark light warm cold cool hot soft quiet calm beautiful lovely pretty ' +
    'lonely distant far near empty full open closed red-roofed snow-capped snowy rainy foggy cloudy stormy sunny golden whole first last next early late busy ' +
    'rolling passing setting rising sleepy peaceful gentle heavy thick thin clear fresh rough smooth wild steep ancient modern tiny huge giant vast single ' +
    'lone solitary together alone away again always never'
  ).split(' '),
);

const adjectiveEnd = /(ing|ed|ly|ous|ful|ish|ive|able|ible|less|ern|est)$/;

/** Nouns that nothing here can draw, each once, as written. A word counts as a noun when it follows a determiner, number or "of", "with" or
 * "and" with only describing words between, and a stop, preposition, verb or the end follows it. Honest, not clever: an odd name is rather
 * named than dropped. */
export function undrawnNouns(words: readonly Token[], used: ReadonlySet<number>): string[] {
  const known = knownWords();
  const found = new Map<string, string>();
  for (const [at, token] of words.entries()) {
    if (
      used.has(at) ||
      known.has(token.word) ||
      known.has(token.stem) ||
      /^\d/.test(token.word) ||
      token.word.length < 3
    )
      continue;
    if (
      other.has(token.word) ||
      determiners.has(token.word) ||
      token.word in colorWords ||
      token.word in numberWords
    )
      continue;
    // What somebody does, unless it is "a building", "the painting".
    if (token.word.endsWith('ing') && !determiners.has(words[at - 1]?.word ?? '')) continue;
    if (adjectiveEnd.test(token.word) && !token.plural && !endsPhrase(words, at)) continue;
    if (!endsPhrase(words, at) || !startsPhrase(words, at)) continue;
    if (!found.has(token.stem)) found.set(token.stem, token.raw.toLowerCase());
  }
  return [...found.values()].slice(0, 20);
}

/** Whether a determiner, number, preposition or conjunction leads up to the word, or it opens the prompt or a clause. A plural after
 * "a" is none: in "a woman waits", waiting is what she does. */
function startsPhrase(words: readonly Token[], at: number): boolean {
  for (let back = at; back >= Math.max(0, at - 4); back--) {
    const before = words[back - 1];
    if (!before || words[back]!.stopped) return true;
    if (singles.has(before.word)) return !words[at]!.plural;
    if (determiners.has(before.word) || before.word in numberWords || /^\d/.test(before.word)) return true;
    if (leads.has(before.word)) return true;
    if (before.word.endsWith('ing') && back === at) return true;
    // Words after a plural noun say what it does.
    if (before.plural && back <= at) return false;
  }
  return false;
}

const singles = new Set('a an one this that every each another lone single solitary'.split(' '));
const leads = new Set(
  'of with and or in on at by near beside under over behind past through across towards toward into onto from to without plus between around'.split(
    ' ',
  ),
);
const follows = new Set(
  'is are was were has have and or but of in on at by for with from into onto over under above below near behind beside before after through across along around toward towards past to as while that which who between during against without'.split(
    ' ',
  ),
);

/** Whether the word ends its noun phrase: the next is no noun that it would only describe. */
function endsPhrase(words: readonly Token[], at: number): boolean {
  const next = words[at + 1];
  if (!next || next.stopped || words[at]!.plural || follows.has(next.word) || determiners.has(next.word))
    return true;
  return (
    /(ing|ly)$/.test(next.word) ||
    (/(s|ed)$/.test(next.word) && !words[at]!.plural && !knownWords().has(next.stem))
  );
}

function knownWords(): Set<string> {
  const known = new Set(scenery);
  for (const [, names] of [...settingWords, ...timeWords, ...weatherWords])
    for (const name of names) for (const part of name.split(' ')) known.add(part);
  return known;
}
