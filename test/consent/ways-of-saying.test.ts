import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const lexicon = await loadLexicon();
const matcher = createMatcher(lexicon, [
  ...[
    ...['Keira Knightley', 'Will Smith', 'Donald Trump', 'Saoirse Ronan', 'Shakira', 'Johnny Depp'],
    ...['Leonardo DiCaprio', 'Daniel Day-Lewis', 'Kristen Stewart'],
  ].map((name) => ({ id: name, names: [name], kind: 'public figure' as const })),
  ...[
    ...['Wojciech Szczęsny', 'Stanisław Gwóźdź', 'Luiz Antonio Cascudo', 'Nilüfer Saraçbaşı'],
    ...['João Guimarães Peixe', 'Mathieu Kervadec'],
  ].map((name) => ({ id: name, names: [name], kind: 'private' as const })),
]);
const found = (text: string) => matcher.find(text).map(({ person }) => person);

test.each([
  ['by what each part is', 'first name Keira, last name Knightley. Put her in a duel.', 'Keira Knightley'],
  ['as fields', 'given=Will family=Smith scene="eats noodles"', 'Will Smith'],
  ['with an aside between', 'DONALD "the big guy" TRUMP at a puppet show', 'Donald Trump'],
  ['over sentences', 'Keira. Then a wave. Then Knightley again, wet hair.', 'Keira Knightley'],
  ['in another language', 'prénom : Mathieu ; nom : Kervadec ; il tombe', 'Mathieu Kervadec'],
])('a name that is told in parts is found %s', (_, text, name) => {
  const [finding] = matcher.find(text);
  expect(finding).toMatchObject({ person: name, verdict: 'review' });
  expect(finding!.why).toMatch(/put together|more or fewer names between/);
});

test.each([
  ['Will you meet us at the smith?'],
  ['The Smith house. Will, their dog, sleeps. Nobody else is at home.'],
  ['Emma Knightley and Keira Jones walk along the pier'],
  ['JOHNNY: I know the Cartwrights. (He laughs.)'],
])('parts of names that stand apart by chance are nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['Johnny-Deppish pirate falls down a staircase', 'Johnny Depp'],
  ['a KeiraKnightleyesque queen on a throne', 'Keira Knightley'],
  ["Nilüfer Saraçbaşı'nın yüzü yakın çekimde", 'Nilüfer Saraçbaşı'],
])('what is added to a name hides nobody: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['behind the family name, misspelled', 'Di Capri0 Le0nardo on a yacht', 'Leonardo DiCaprio'],
  ['behind the family name', 'DiCaprio Leo raising a glass', 'Leonardo DiCaprio'],
  ['of the second given name', 'Toni Cascudo no trem', 'Luiz Antonio Cascudo'],
  ['before a family name with a hyphen', 'Dan Day-Lewis drinking a milkshake', 'Daniel Day-Lewis'],
  ['that no list has, before a rare family name', 'Stasio Gwóźdź gra na akordeonie', 'Stanisław Gwóźdź'],
])('a short form is found %s', (_, text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Sersha Ronan at a harbour at dusk', 'Saoirse Ronan'],
  ['Voytsyekh Shchensny saves a penalty', 'Wojciech Szczęsny'],
  ['Shakeera teaching ducks to dance', 'Shakira'],
  ['Zhwow Gimaraish Payshe fishing at dawn', 'João Guimarães Peixe'],
])('a name is found as somebody writes it who only heard it: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test('a given name with two letters swapped is that of another given name', () => {
  expect(found('Kirsten Stewart in a motel')).toEqual(['Kristen Stewart']);
  expect(found('Kirby Stewart in a motel')).toEqual([]);
});
