import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const lexicon = await loadLexicon();
const known: readonly (readonly [string, readonly string[]])[] = [
  ['Keira Knightley', ['actor']],
  ['Saoirse Ronan', ['actor']],
  ['Penélope Cruz', ['actor']],
  ['Arnold Schwarzenegger', ['actor', 'Terminator']],
  ['Freddie Mercury', ['singer', 'Wembley']],
  ['Keanu Reeves', ['actor', 'The Matrix']],
  ['Elon Musk', ['Tesla']],
  ['Jeff Bezos', ['Amazon']],
  ['Leonardo DiCaprio', ['Titanic']],
  ['King Charles', ['king']],
  ['Ice Cube', ['rapper']],
  ['Adele', ['singer']],
  ['Bill Gates', ['Microsoft']],
];
const strangers = [
  ...['Wojciech Gajdzica', 'Guillaume Beaurepaire', 'Ebenezer Quartson', 'Oluwaseun Adebanjoko'],
  ...['Jean-Baptiste Vermandois', 'Kurosawaya Yuko', 'Ludovico Sanfratelli', 'Orlando Pescarenico'],
  ...['Farid Qasemzadeh', 'Katalin Borsodvári', 'Theodoros Hatzidakakis'],
  ...['Robert Hill', 'Seoyeon Park', 'Summer Rain'],
];
const matcher = createMatcher(lexicon, [
  ...known.map(([name, context]) => ({ id: name, names: [name], kind: 'public figure' as const, context })),
  ...strangers.map((name) => ({ id: name, names: [name], kind: 'private' as const })),
]);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  ['a.r.n.o.l.d shwarzenegger in a ballet', 'Arnold Schwarzenegger'],
  ['p-e-n-e-l-o-p-e krooz in a flower shop', 'Penélope Cruz'],
  ['e b e n e z e r quartsen dancing', 'Ebenezer Quartson'],
])('a word that is spelled out is read as a word, whatever the other one is: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['sursha ronan dancing in a field of sheep', 'Saoirse Ronan'],
  ['voychek guydzitsa on a bus', 'Wojciech Gajdzica'],
  ['geeyome borpair making a souffle', 'Guillaume Beaurepaire'],
])('a name that is written by ear is found in a prompt without one capital: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Key-ah-noo Reevz on a bench', 'Keanu Reeves'],
  ['Key-ah-noo Reeves on a bench', 'Keanu Reeves'],
  ['arnold shwortsa negger buying groceries', 'Arnold Schwarzenegger'],
])('a name that is written by the syllable is found: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Keanu, you know, of the Reeves family, feeding pigeons', 'Keanu Reeves'],
  ["it's keira, you know, the knightley one, on a roof", 'Keira Knightley'],
  ['Freddie walks on at Wembley. The crowd screams. Mercury lifts the mic.', 'Freddie Mercury'],
  ['Orlando walks in. Everyone at the table shouts: Pescarenico! He spills the soup.', 'Orlando Pescarenico'],
  ['first: Ebenezer\nlast: Quartson\naction: waves', 'Ebenezer Quartson'],
])('a name is put together that a text tells in pieces: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Bezos & Musk in a sauna', ['Jeff Bezos', 'Elon Musk']],
  ['Musk vs Bezos, cage fight', ['Elon Musk', 'Jeff Bezos']],
])('a family name beside another public figure tells who is meant: %s', (text, names) => {
  expect(found(text)).toEqual(names);
});

test.each([
  ['Leo from Titanic as a knight', 'Leonardo DiCaprio'],
  ['a hologram of Seun Adebanjoko appears', 'Oluwaseun Adebanjoko'],
  ['home video of JB Vermandois opening presents', 'Jean-Baptiste Vermandois'],
])('a short form that no list knows is found beside what only its bearer has: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ["Shwarzeneger's workout, on VHS", 'Arnold Schwarzenegger'],
  ['GATES, BILL: INT. GREENHOUSE, watering a cactus', 'Bill Gates'],
  ["Adele's voice breaks a glass", 'Adele'],
  ['Th. Hatzidakakis pulls a net', 'Theodoros Hatzidakakis'],
])('a misspelled family name, one of ordinary words, a given name alone and an initial of two letters tell who is meant: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Don Sanfratelli deals the cards', 'Ludovico Sanfratelli'],
  ['Kurosawaya-sensei writes on the blackboard', 'Kurosawaya Yuko'],
  ['فرید قاسم‌زاده در خیابان', 'Farid Qasemzadeh'],
  ['csinálj videót Borsodvári Katalinnal egy medencében', 'Katalin Borsodvári'],
])('a name is found as its country writes it: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['an ice cube melting in whiskey'],
  ['ice cube cracking in a glass'],
  ['Auntie Adele and Adele Rossi dance'],
  ['victorian inventors and a präsident on a tricycle'],
  ['J.R.R. stands on the old stone'],
  ['the mercury in the thermometer rises while Freddie sleeps'],
  ['Jack and Rose on the bow'],
  ['a black-and-white slow-motion close-up of a half-open door'],
])('what is called after somebody, spelled or hyphened for another reason is nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['young bill gates rides a pony', 'Bill Gates'],
  ['Keanu Reeves rose from his chair', 'Keanu Reeves'],
  ['Adele like a queen on a stage', 'Adele'],
  ['Bobby Hill on a tractor', 'Robert Hill'],
  ['Seoyoen Park on a bus', 'Seoyeon Park'],
  ['summer rain walks her dog', 'Summer Rain'],
])('what only looks like a thing that is called after somebody hides nobody: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['Wojciech, I said Woj, then ciech, then Gaj and dzica: put him in a lift', 'Wojciech Gajdzica'],
  ['Eben (thunder) ezer Quart (thunder) son rides into the storm', 'Ebenezer Quartson'],
  ['first E b e n (breath) e z e r, then Quartson on a raft', 'Ebenezer Quartson'],
  ['gajdzica comma wojciech eating with both hands', 'Wojciech Gajdzica'],
  ['{"f1rst":"S3oyeon","l4st":"Park","plot":"she outruns a train"}', 'Seoyeon Park'],
])('a word that is told in parts is put together, and a comma in words is one: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['put the car and then the pet on a ship'],
  ['add a dot, then a dash and a long pause'],
])('parts of no name stay apart: %s', (text) => {
  expect(found(text)).toEqual([]);
});
