import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';
import type { PersonNames } from '../../engine/consent/matcher/port.ts';

const lexicon = await loadLexicon();
const known: [string, string[]][] = [
  ['Angela Merkel', ['chancellor']],
  ['Recep Tayyip Erdoğan', ['president']],
  ['Steven Spielberg', ['director']],
  ['David Bowie', ['singer']],
  ['Taylor Swift', ['singer']],
  ['LeBron James', ['basketball', 'Lakers']],
  ['Lewis Hamilton', ['Formula One driver']],
  ['Xi Jinping', ['president']],
  ['Leonardo DiCaprio', ['actor', 'Titanic']],
];
const private_ = [
  ...['Wiesława Kostrzewska', 'Emre Karabulutlu', 'Rutger van Heemstraten', 'Hiroto Kanesawa'],
  ...['Amparo Villalonga Ruiz', 'Jean-Baptiste Okombi', 'Chidiebere Nwokolo-Hart', 'Gaëtan Roumégoux'],
];
const people: PersonNames[] = [
  ...known.map(([name, context]) => ({ id: name, names: [name], kind: 'public figure' as const, context })),
  ...private_.map((name) => ({ id: name, names: [name], kind: 'private' as const })),
];
const matcher = createMatcher(lexicon, people);

test.each([
  ['Spielberg behind the camera, a rubber fish surfaces', 'Steven Spielberg'],
  ['die Kanzlerin Merkel im Ruderboot', 'Angela Merkel'],
  ['Erdoğan top oynuyor, stadyum dolu', 'Recep Tayyip Erdoğan'],
  ['Bowie sits on the moon', 'David Bowie'],
])('a family name that no word and hardly anybody else is tells who is meant: %s', (text, name) => {
  expect(matcher.find(text)).toMatchObject([{ person: name, verdict: 'review', how: 'surname' }]);
});

test.each([
  ['a Bowie knife on a table'],
  ['the Spielberg bakery opens at dawn'],
  ['Merkel Street in the rain'],
  ['Ruth Merkel feeds the ducks'],
  ['a swift on a stage of leaves'],
  ['Kostrzewska'],
  ['the village Kanesawa in snow'],
  ['langs Heemstraten vaart een boot'],
  ['Emily Kanesawa, the baker'],
])('what only has the name of somebody is nobody: %s', (text) => {
  expect(matcher.find(text)).toEqual([]);
});

test.each([
  ['pani Kostrzewska gubi parasol', 'Wiesława Kostrzewska'],
  ['goalkeeper Karabulutlu saves with his face', 'Emre Karabulutlu'],
  ['wethouder Van Heemstraten valt', 'Rutger van Heemstraten'],
  ['Kanesawa-san bows so low he falls', 'Hiroto Kanesawa'],
  ['la jueza Villalonga dicta sentencia', 'Amparo Villalonga Ruiz'],
  ["Okombi, le présentateur de la météo, s'envole", 'Jean-Baptiste Okombi'],
  ['Mr Nwokolo-Hart mows his lawn', 'Chidiebere Nwokolo-Hart'],
  ['M. Roumégoux entre en scène en tutu', 'Gaëtan Roumégoux'],
])('a title, a profession or a form of address beside a rare name tells who is meant: %s', (text, name) => {
  expect(matcher.find(text)).toMatchObject([{ person: name, verdict: 'review', how: 'surname' }]);
});

test.each([
  ['Formula One champion Hamilton in a pink go-kart', 'Lewis Hamilton'],
  ["the Lakers' James cries", 'LeBron James'],
  ['President Xi inspecting pandas', 'Xi Jinping'],
  ['Swift on stage at the Super Bowl, guitar on fire', 'Taylor Swift'],
  ['that Titanic actor L.D.C. in a tuxedo', 'Leonardo DiCaprio'],
  ['Chidiebere N.-H. washes his car', 'Chidiebere Nwokolo-Hart'],
])('a common name is found with what its bearer is known for: %s', (text, name) => {
  expect(matcher.find(text)).toMatchObject([{ person: name, verdict: 'review' }]);
});

test('a day, a country or a hero is nobody who is called so', () => {
  const called = ['Joy Christmas', 'Ola Sverige', 'Ann Sherlock'].map((name) => ({
    id: name,
    names: [name],
    kind: 'public figure' as const,
  }));
  const names = createMatcher(lexicon, called);
  for (const text of ['Christmas in the snow', 'ett rött hus i Sverige', 'Sherlock looks for a pipe'])
    expect(names.find(text)).toEqual([]);
});

test('a family name that many have tells nobody without more', () => {
  const many = ['Anna', 'Bernd', 'Clara', 'Dora'].map((given) => ({
    id: given,
    names: [`${given} Spielberg`],
    kind: 'public figure' as const,
  }));
  expect(createMatcher(lexicon, many).find('Spielberg behind the camera')).toEqual([]);
});

test('what is named for somebody is asked about and not refused, and a common name beside a form of address is anybody', () => {
  const people = [
    { id: 'k', names: ['Martin Luther King', 'महात्मा गांधी'], kind: 'public figure' as const },
    { id: 'm', names: ['Thomas Müller'], kind: 'public figure' as const },
    {
      id: 'e',
      names: ['Elizabeth Windsor', '엘리자베스 2세'],
      kind: 'public figure' as const,
      context: ['queen'],
    },
    { id: 'l', names: ['Robert Lewandowski'], kind: 'public figure' as const },
  ];
  const some = createMatcher(lexicon, people);
  const verdicts = (text: string) => some.find(text).map(({ person, verdict }) => `${verdict} ${person}`);
  expect(verdicts('Robert Lewandowski Street in the rain')).toEqual(['review l']);
  expect(verdicts('महात्मा गांधी मार्ग पर खाली बस')).toEqual(['review k']);
  expect(verdicts('Martin Luther King speaks')).toEqual(['block k']);
  expect(verdicts('Frau Müller gießt ihre Blumen')).toEqual([]);
  expect(verdicts('La reina del ajedrez se cansa')).toEqual([]);
  expect(verdicts('film z Robertem Lewandowskim na wielbłądzie')).toEqual(['review l']);
});

test.each([
  ['the tailor Karabulutlu measures a statue', 'Emre Karabulutlu'],
  ['Skipper Okombi steers through a wave', 'Jean-Baptiste Okombi'],
  ['old Kostrzewska falls asleep in a suit of armour', 'Wiesława Kostrzewska'],
  ['make Roumégoux from accounts ride the photocopier', 'Gaëtan Roumégoux'],
  ['Kanesawa, our school principal, juggling chalk', 'Hiroto Kanesawa'],
  ['Karabulutlu, der Mittelfeldspieler aus dem Norden, springt', 'Emre Karabulutlu'],
])('a rare family name is asked about beside what says that it is somebody: %s', (text, person) => {
  expect(matcher.find(text)).toMatchObject([{ person, verdict: 'review', how: 'surname' }]);
});

test.each([
  ['Karabulutlu from above, drone view'],
  ['Okombi from Berlin to Warsaw by rail'],
  ['the village Kanesawa under snow'],
])('and not where it may be a place: %s', (text) => {
  expect(matcher.find(text)).toEqual([]);
});

test.each([
  ["le visage d'Angela Merkel sur un mur", 'block Angela Merkel'],
  ["l'ombra dell'attore e d'Emre Karabulutlu", 'block Emre Karabulutlu'],
  ['A. M3rkel stuck in a chimney', 'review Angela Merkel'],
  ["Merkel'in vapurda çay içtiği bir sahne", 'review Angela Merkel'],
  ['the Kostrzewska boy from number 12, egging a bus', 'review Wiesława Kostrzewska'],
  ['o Okombi da oficina a dançar com pneus', 'review Jean-Baptiste Okombi'],
])('what a language or a disguise puts before or behind a name hides nobody: %s', (text, found) => {
  expect(matcher.find(text).map(({ person, verdict }) => `${verdict} ${person}`)).toContain(found);
});
