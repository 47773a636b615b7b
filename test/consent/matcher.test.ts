import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';
import type { PersonNames } from '../../engine/consent/matcher/port.ts';

const lexicon = await loadLexicon();
const people: PersonNames[] = [
  { id: 'roe', names: ['Jane Roe'], kind: 'private' },
  { id: 'lee', names: ['Ann Lee'], kind: 'private' },
  { id: 'smith', names: ['Will Smith'], kind: 'public figure', context: ['actor', 'Men in Black'] },
  { id: 'black', names: ['Jack Black'], kind: 'public figure', context: ['actor'] },
  { id: 'cruise', names: ['Tom Cruise'], kind: 'public figure', context: ['actor', 'Mission: Impossible'] },
  { id: 'king', names: ['Jo King'], kind: 'private' },
  { id: 'niro', names: ['Robert De Niro'], kind: 'public figure', context: ['actor'] },
  { id: 'garcia', names: ['Gabriel García Márquez'], kind: 'public figure', context: ['author'] },
  { id: 'gates', names: ['William Gates'], kind: 'public figure', context: ['Microsoft'] },
  { id: 'xi', names: ['Xi Jinping', '习近平'], kind: 'public figure', context: ['president'] },
  { id: 'chan', names: ['Jackie Chan', '成龙'], kind: 'public figure', context: ['actor'] },
  { id: 'zendaya', names: ['Zendaya'], kind: 'public figure', context: ['actress'] },
  { id: 'muller', names: ['Jürgen Müller'], kind: 'private' },
  {
    id: 'faruqi',
    names: ['Mustafa Alfaruqi', 'Ibrahim ibn Khalid al-Sabah'],
    kind: 'public figure',
    context: ['prince'],
  },
  { id: 'prince', names: ['Prince'], kind: 'public figure', context: ['singer', 'Purple Rain'] },
  { id: 'seal', names: ['Seal'], kind: 'public figure', context: ['singer'] },
  { id: 'adele', names: ['Adele'], kind: 'public figure', context: ['singer'] },
  { id: 'rock', names: ['The Rock'], kind: 'public figure', context: ['wrestler'] },
  { id: 'song', names: ['Song Kang-ho'], kind: 'public figure', context: ['actor'] },
  { id: 'downey', names: ['Robert Downey Jr.'], kind: 'public figure', context: ['Iron Man'] },
];
const matcher = createMatcher(lexicon, people);

/** Who is found, how surely, and at which words. */
const found = (text: string) =>
  matcher
    .find(text)
    .map(({ start, end, person, verdict }) => `${verdict} ${person}: ${text.slice(start, end)}`);

test.each([
  ['Jane Roe on a beach', 'block roe: Jane Roe'],
  ['a film with jane roe', 'block roe: jane roe'],
  ["Jane Roe's dog", 'block roe: Jane Roe'],
  ['Roe, Jane', 'block roe: Roe, Jane'],
  ['J4ne R03', 'block roe: J4ne R03'],
  ['J a n e R o e', 'block roe: J a n e R o e'],
  ['jane_roe_final2.mp4', 'block roe: jane_roe'],
  ['JaneRoe.mov', 'block roe: JaneRoe'],
  ['portraitofjaneroe', 'block roe: janeroe'],
  ['Jаne Rоe', 'block roe: Jаne Rоe'],
  ['Ja\u200bne Ro\u0308e', 'block roe: Ja\u200bne Ro\u0308e'],
  ['J🎬a🎬n🎬e R🎬o🎬e', 'block roe: J🎬a🎬n🎬e R🎬o🎬e'],
  ['eoR enaJ', 'block roe: eoR enaJ'],
  ['ǝoɹ ǝuɐɾ', 'block roe: ǝoɹ ǝuɐɾ'],
  ['Jane M. Roe', 'block roe: Jane M. Roe'],
  ['Jane Mary Roe', 'review roe: Jane Mary Roe'],
  ['Jayne Rowe', 'review roe: Jayne Rowe'],
  ['Джейн Роу', 'review roe: Джейн Роу'],
  ['Уилл Смит танцует', 'review smith: Уилл Смит'],
  ['Вілл Сміт', 'review smith: Вілл Сміт'],
  ['Робърт Де Ниро', 'review niro: Робърт Де Ниро'],
  ['Џек Блек у шуми', 'review black: Џек Блек'],
  ['Γουίλ Σμιθ', 'review smith: Γουίλ Σμιθ'],
  ['विल स्मिथ', 'review smith: विल स्मिथ'],
  ['ウィル・スミスが歩く', 'review smith: ウィル・スミス'],
  ['윌 스미스가 걷는다', 'review smith: 윌 스미스가'],
  ['汤姆·克鲁斯在海滩上', 'review cruise: 汤姆·克鲁斯'],
  ['Зендея танцует', 'review zendaya: Зендея'],
  ['Круз Том', 'review cruise: Круз Том'],
  ['Jaaane Rooooe', 'block roe: Jaaane Rooooe'],
  ['Robert DeNiro', 'block niro: Robert DeNiro'],
  ['García Márquez at his desk', 'review garcia: García Márquez'],
  ['Juergen Mueller', 'block muller: Juergen Mueller'],
  ['Robert Downey', 'block downey: Robert Downey'],
  ['Bill Gates', 'review gates: Bill Gates'],
  ['习近平在海滩上', 'block xi: 习近平'],
  ['a dance by Zendaya', 'block zendaya: Zendaya'],
  ['טום קרוז קופץ', 'review cruise: טום קרוז'],
  ['روبرت داوني يضحك', 'review downey: روبرت داوني'],
  ['T. Cruise jumps', 'review cruise: T. Cruise'],
  ['M. al-Faruqi in a garden', 'review faruqi: M. al-Faruqi'],
  ['Kang-ho Song on a bridge', 'review song: Kang-ho Song'],
  ['j.4.n.3.r.0.3 waves', 'block roe: j.4.n.3.r.0.3'],
  ['Jan%C3%A9%20Roe', 'block roe: Jan%C3%A9%20Roe'],
  ['J&#97;ne R&#x6f;e', 'block roe: J&#97;ne R&#x6f;e'],
  ['\\u004aane Roe', 'block roe: \\u004aane Roe'],
  ['Prince singing on stage', 'review prince: Prince'],
  ['prince on stage with a guitar', 'review prince: prince'],
  ['a concert by Seal', 'review seal: Seal'],
  ['Adele singing a ballad', 'review adele: Adele'],
  ['a stunt by The Rock', 'review rock: The Rock'],
  ['Cruise in Mission Impossible', 'review cruise: Cruise'],
  ['the actor Cruise', 'review cruise: Cruise'],
  ['Tom Cruise Airport', 'review cruise: Tom Cruise'],
  ['Jane Roe and Tom Cruise', 'block roe: Jane Roe, block cruise: Tom Cruise'],
])('finds who is meant in %j', (text, expected) => {
  expect(found(text).join(', ')).toBe(expected);
});

test.each([
  'Joann Leeds at a market',
  'joannleeds.mp4',
  'a man is joking about the weather',
  'a black jack on a chess board',
  'blackjack table',
  'Tom cruises down the road',
  'a cruise ship, cinematic film',
  'a roe deer',
  'قطة تنام على كرسي في المطبخ وطفل يرسم بيتا',
  'חתול ישן על כיסא במטבח ליד חלון פתוח',
  'a prince singing to his princess',
  'Prince Charming sings to Cinderella on stage',
  'a seal singing on a rock',
  'seal singing on a rock',
  'a seal on stage at the aquarium',
  'mark the rock with a ruby',
  'Принц ищет туфельку',
  '100% of j&ne',
  'DENNIS CRUISE, actor, enters. CRUISE: We are late.',
  'INT. STAGE. An actor waits. WILLIAM BLACK, thirties. BLACK: Where is everybody?',
  'a screening of Act II, the actor smiles',
  'the will of a smith',
  '',
  '🎬✨',
  '1234 5678 $$$ !!!',
])('finds nobody in %j', (text) => {
  expect(found(text)).toEqual([]);
});

test('ordinary words in small letters are reviewed, and blocked as a name', () => {
  expect(found('the blacksmith will smith a sword')).toEqual(['review smith: will smith']);
  expect(found('a photo of Will Smith')).toEqual(['block smith: Will Smith']);
});

test('says in words why', () => {
  expect(matcher.find('J4ne R03')[0]!.why).toBe(
    '“J4ne R03” reads, with its disguise taken off, as the name Jane Roe',
  );
});

test('knows who was added at once, and forgets who was removed', () => {
  const own = createMatcher(lexicon, people);
  own.add({ id: 'new', names: ['Ottoline Vane'], kind: 'private' });
  expect(own.size).toBe(people.length + 1);
  expect(own.find('Ottoline Vane').map(({ person }) => person)).toEqual(['new']);
  own.remove('new');
  own.remove('never there');
  expect(own.find('Ottoline Vane')).toEqual([]);
  expect(own.size).toBe(people.length);
});

test('a person who is added again has the names of the last time only', () => {
  const own = createMatcher(lexicon, [{ id: 'a', names: ['Ottoline Vane'], kind: 'private' }]);
  own.add({ id: 'a', names: ['Peregrine Hale'], kind: 'private' });
  expect(own.size).toBe(1);
  expect(own.find('Ottoline Vane and Peregrine Hale').map(({ start }) => start)).toEqual([18]);
});

test('of many namesakes it tells some, the blocked first', () => {
  const own = createMatcher(
    lexicon,
    Array.from(
      { length: 100 },
      (_, n): PersonNames => ({ id: `n${n}`, names: ['Ottoline Vane'], kind: 'private' }),
    ),
  );
  const findings = own.find('Ottoline Vane');
  expect(findings).toHaveLength(20);
  expect(findings.every(({ verdict }) => verdict === 'block')).toBe(true);
});

test.each(['*', 'a ', '|', '\u200b', 'J*n '])('is done with a text of nothing but %j', (signs) => {
  expect(found(signs.repeat(20_000))).toEqual([]);
});

test('finds a name in a text of a hundred thousand letters', () => {
  const text = `${'a quiet harbour at dawn, gulls cry. '.repeat(3000)}Jane Roe`;
  expect(found(text)).toEqual(['block roe: Jane Roe']);
});
