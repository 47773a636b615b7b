import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const strangers = [
  ...['Piotr Gołębiowski', 'Selçuk Bayraktaroğlu', 'Margaux Vauquelin', 'Pavel Melnichukov', 'Namgung Seok'],
  ...['Đặng Thu Thảo', 'Gil Ha-seon', 'Luo Jiayi', 'Võ Minh Tuấn', 'Ikechukwu Eze-Obi', 'Park Jin-young'],
  ...['Bilal Zerouaoui', 'Elisabeth Lindegårdh', 'Abdullah Özkaya', 'Mykhailo Zaporozhchenko'],
  ...['Yoshinobu Sakakibara', 'Kim Min-jun', 'Rosemary Blackthorne', 'Imran Siddiqui', 'Nikolai Stoyanov'],
  ...['Olga Tokarczuk', 'Nguyễn Thị Bảo Trâm', 'Kristofer Nolan', 'Adaeze Okonkwo', 'Jegal Ye-seul'],
  ...['Ayumi Kobayakawa', 'Olamide Babatunde-Cole', 'Mohammed Benkirane'],
];
const known: readonly (readonly [string, readonly string[]])[] = [
  ['Ludwig Mies van der Rohe', ['architect', 'Barcelona Pavilion']],
  ['Neil deGrasse Tyson', ['Cosmos']],
  ['Robert Habeck', ['minister']],
  ['Olaf Scholz', ['chancellor']],
  ['Albert Einstein', ['physicist']],
  ['Niels Bohr', ['physicist']],
  ['Lee Kuan Yew', ['prime minister']],
  ['MrBeast', ['YouTuber']],
  ['Tarkan', ['singer']],
  ['Pelé', ['footballer']],
  ['Bad Bunny', ['rapper']],
];
const matcher = createMatcher(await loadLexicon(), [
  ...known.map(([name, context]) => ({ id: name, names: [name], kind: 'public figure' as const, context })),
  ...strangers.map((name) => ({ id: name, names: [name], kind: 'private' as const })),
]);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  ['kierownik Gołębiowski jeździ wózkiem po ścianie', 'Piotr Gołębiowski'],
  ['Muhtar Bayraktaroğlu köy meydanında eşekten düşüyor', 'Selçuk Bayraktaroğlu'],
  ["maîtresse Vauquelin de l'école des Lilas", 'Margaux Vauquelin'],
  ['завхоз Мельничуков гоняет ворон', 'Pavel Melnichukov'],
  ['the delivery guy Namgung rides into the sea', 'Namgung Seok'],
  ['nurse Dang dances with the skeleton', 'Đặng Thu Thảo'],
])('a family name behind what its bearer does is asked about in any language: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test('a grandmother is called by her given name, which is nobody’s family name', () => {
  expect(found('grandmother Adaeze tells a story by lamplight')).toEqual([]);
});

test.each([
  ['H. S. Gil at an audition', 'Gil Ha-seon'],
  ['Luo J.Y. on a swing', 'Luo Jiayi'],
  ['Vo M. T. on a bike', 'Võ Minh Tuấn'],
  ['JY Park conducts', 'Park Jin-young'],
  ['Y. Jegal cheats at chess', 'Jegal Ye-seul'],
  ['i. eze-obi gets chased by geese', 'Ikechukwu Eze-Obi'],
  ['L. M. v. d. R. in his Barcelona Pavilion', 'Ludwig Mies van der Rohe'],
  ['NDGT hosts Cosmos', 'Neil deGrasse Tyson'],
])('initials are read with a family name that stands first: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Habeck, Lindner und Scholz in einer Sauna', ['Robert Habeck', 'Olaf Scholz']],
  ['Einstein telling Bohr about dice', ['Albert Einstein', 'Niels Bohr']],
])('family names beside somebody who is found are asked about: %s', (text, names) => {
  expect(found(text).sort()).toEqual([...names].sort());
});

test.each([
  ['Bilal scores. The commentator screams: "Zerouaouiii!"', 'Bilal Zerouaoui'],
  ['L.3.3 Kwann Yoo chews gum', 'Lee Kuan Yew'],
  ['Bl4ckthorn, R0semary: caught', 'Rosemary Blackthorne'],
  ['S1ddiki 1mran runs', 'Imran Siddiqui'],
  ['St0yanoff Kolya sleeps', 'Nikolai Stoyanov'],
  ['Tokarchook 0lga talks to a deer', 'Olga Tokarczuk'],
  ['Ngyuen Thi Bao Tram rides a scooter', 'Nguyễn Thị Bảo Trâm'],
  ['mr beast buries ten lawyers', 'MrBeast'],
  ["Tarkan'ın klibi gibi", 'Tarkan'],
  ['o gol do PELÉ no fim', 'Pelé'],
  ['𝙱𝚊𝚍 𝙱𝚞𝚗𝚗𝚢 perreando', 'Bad Bunny'],
])('what is drawn out, has digits, or is written in two ways at once is read: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['비 오는 골목에서 Olga Tokarczuk가 걷는다', 'Olga Tokarczuk'],
  ['国会で1mran S1dd1quiがドラムソロ', 'Imran Siddiqui'],
  ['Ｌｕｏ Ｊｉａｙｉが水玉の海を泳ぐ', 'Luo Jiayi'],
  ['小早川あゆみがロボットダンスをする', 'Ayumi Kobayakawa'],
])('where another script goes on the name ends: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['丨爪尺卂几 丂丨ᗪᗪ丨Ɋㄩ丨 dances', 'Imran Siddiqui'],
  ['O<l>ga T<o>karcz<u>k waves', 'Olga Tokarczuk'],
  ['ʞnzɔɹɐʞoʇ ɐƃןo waves', 'Olga Tokarczuk'],
])('letters of another kind are read by their looks: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test('Chinese of those characters is Chinese', () => {
  expect(found('几千尺高的山口,爪子很大')).toEqual([]);
});

test.each([
  ['Gołębiowski P. rozdaje pierogi', 'Piotr Gołębiowski'],
  ['Dr Babatunde-Cole pulls a tooth', 'Olamide Babatunde-Cole'],
  ['Simo Benkirane sur un tapis volant', 'Mohammed Benkirane'],
])('a family name with an initial or a title, and a short form of Morocco: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Bettan Lindegårdh dansar', 'Elisabeth Lindegårdh'],
  ['Apo Özkaya halay çekerken', 'Abdullah Özkaya'],
])('short forms of other languages stand for the given name: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['first name: Cristopher, last name: Nolen. He dances', 'Kristofer Nolan'],
  ["ім'я Михайло, прізвище Запорожченко, він падає", 'Mykhailo Zaporozhchenko'],
  ['苗字は榊原、名前は義信', 'Yoshinobu Sakakibara'],
  ['성은 김, 이름은 민준', 'Kim Min-jun'],
])('a form tells a name in parts, in any script and with an error: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test('the fields of a form that have other things in them name nobody', () => {
  expect(found('first name nothing, last name to be told')).toEqual([]);
});
