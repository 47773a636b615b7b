import { expect, test } from 'vitest';

import { loadLexicon, writtenByEar } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const lexicon = await loadLexicon();
const people = [
  ...[
    'Mads Mikkelsen',
    'Christoph Waltz',
    'Angela Merkel',
    'Narendra Modi',
    'Gal Gadot',
    'Gael García Bernal',
  ],
  ...['João Guilherme Falcão', 'Guillaume Thouin', 'Solenne Vauquelin', 'Gülşah Özyeğin'],
  ...['Göran Sjöqvist', 'Chiwetel Ejiofor', 'Ronan Foret'],
];
const matcher = createMatcher(
  lexicon,
  people.map((name) => ({ id: name, names: [name], kind: 'private' })),
);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  ['Mass Mickelson cooking a dinner for one', 'Mads Mikkelsen'],
  ['kristoff volts politely pouring a glass of milk', 'Christoph Waltz'],
  ['angler merkle on a hiking holiday', 'Angela Merkel'],
])('an ordinary word stands for a word of a name beside one that is none: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['nuh-rendra moady flying a kite in Ahmedabad', 'Narendra Modi'],
  ['make me a clip of Gall Guh-dote in a kitchen', 'Gal Gadot'],
  ['guy-el garseeya bare-nal drives through Oaxaca', 'Gael García Bernal'],
  ['solen voke-lan painting a mural of a whale', 'Solenne Vauquelin'],
])('any word may stand beside syllables that hyphens join: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Zhwow Gillyermy Falkow kicking a ball up a stairway', 'João Guilherme Falcão'],
  ['Gyell Garseea Burnahl drives a beat up car', 'Gael García Bernal'],
])('three words that were each written by ear are a name of three words: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['gool-sha erz-yain riding a camel', 'Gülşah Özyeğin'],
  ['Yuran Shurk-vist dancing round the maypole', 'Göran Sjöqvist'],
  ['chewy-tell edge-ee-oh-for playing chess', 'Chiwetel Ejiofor'],
])('how people spell what they hear is learnt from how they did: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['mass mobile cranes on a pier'],
  ['with AES-GCM and a long-lived token'],
  ['le roi des oiseaux dans une forêt enchantée'],
  ['Schwarzer Kater auf weißem Klavier'],
  ['una abuela hace tortillas en una cocina de adobe'],
  ['kristall volts and amps on a dial'],
])('ordinary words, also of another language, are nobody however they sound: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test('words that are said of much else are learnt from and not looked up', () => {
  expect(writtenByEar('owen: o-wen owain | owing')).toEqual({
    name: 'owen',
    forms: ['owen', 'owain'],
    words: ['owing'],
  });
  expect(lexicon.heardAs('mats')).toEqual([]);
  expect(lexicon.heardAs('reeanna')).toEqual(['rihanna']);
});
