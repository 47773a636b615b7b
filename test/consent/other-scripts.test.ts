import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { createGlyphs, latinOf } from '../../engine/consent/matcher/glyphs.ts';
import { uninflected } from '../../engine/consent/matcher/inflections.ts';
import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';
import { nativeOf } from '../../engine/consent/matcher/native.ts';
import { unitsOf } from '../../engine/consent/matcher/scripts.ts';
import { skeletonHash } from '../../engine/consent/matcher/skeleton.ts';
import { listen } from '../../engine/consent/matcher/spoken.ts';
import { align } from './learn/align.ts';
import { headOf, readSources } from './learn/main.ts';

const lexicon = await loadLexicon();
const people = ['Tom Cruise', 'Lars von Trier', 'Jean-Paul Sartre', 'Jane Quillfeather', 'Kim Min-jae'].map(
  (name) => ({ id: name, names: [name], kind: 'public figure' as const }),
);
const matcher = createMatcher(lexicon, people);
const found = (text: string) => matcher.find(text).map(({ person, verdict }) => `${verdict} ${person}`);

test.each([
  ['in the case that its language puts it in', 'на пляже с Томом Крузом'],
  ['behind what is written to it', 'صورة لتوم كروز على الشاطئ'],
  ['behind what is written to it in Hebrew', 'סרטון לטום קרוז'],
  ['with a Korean particle', '톰 크루즈를 보여줘'],
  ['without the dot in Japanese', 'トムクルーズが海辺を歩く'],
  ['without the dot in Chinese, amid a sentence', '在海滩上的汤姆克鲁斯'],
  ['without the space in Korean', '톰크루즈가 걷는다'],
  ['one word in our letters', 'Tom Круз на пляже'],
  ['in small letters', 'том круз на пляже'],
])('a name is found %s', (_, text) => {
  expect(found(text)).toEqual(['review Tom Cruise']);
});

test('a particle between is part of a name, and names with a hyphen are one word elsewhere', () => {
  expect(found('Ларс фон Триер')).toEqual(['block Lars von Trier']);
  expect(found('ラース・フォン・トリアー')).toEqual(['review Lars von Trier']);
  expect(found('장폴 사르트르가 걷는다')).toEqual(['review Jean-Paul Sartre']);
});

test('what no dictionary has is found by how the script spells', () => {
  expect(lexicon.abroad().namesOf('квиллфезер')).toEqual([]);
  expect(found('Джейн Квиллфезер танцует')).toEqual(['review Jane Quillfeather']);
  expect(found('ジェーン・クイルフェザー')).toEqual(['review Jane Quillfeather']);
});

test('words that hold a sentence together are nobody, however they sound', () => {
  const carey = createMatcher(lexicon, [{ id: 'm', names: ['Mariah Carey'], kind: 'public figure' }]);
  expect(carey.find('Η Μαρία και ο Γιώργος χορεύουν')).toEqual([]);
  expect(carey.find('Μαράια Κάρεϊ')).toHaveLength(1);
});

test('a Chinese name is told in its very words, whatever stands around it', () => {
  for (const text of [
    '在海滩上的汤姆克鲁斯跳舞',
    '夜晚的汤姆·克鲁斯在跳舞',
    '汤姆 克鲁斯在海滩上',
    '汤姆 · 克鲁斯',
  ]) {
    const [finding] = matcher.find(text);
    expect(text.slice(finding!.start, finding!.end).replace(/[ ·]/g, '')).toBe('汤姆克鲁斯');
  }
});

test('a colon is no dot between the words of a Chinese name', () => {
  expect(found('汤姆·克鲁斯')).toEqual(['review Tom Cruise']);
  expect(found('场景一:克鲁斯')).toEqual([]);
});

test('a word is looked up without what may be left out, and without what its language adds', () => {
  expect(nativeOf('Άννα')).toBe('αννα');
  expect(nativeOf('ג׳ון')).toBe('גון');
  expect(nativeOf('أنجيلا')).toBe('انجيلا');
  expect(uninflected('томом').said).toEqual(['томом', 'том']);
  expect(uninflected('анной').listed).toContain('анна');
  expect(uninflected('크루즈를').said).toEqual(['크루즈를', '크루즈']);
});

test('the glyphs of a text say it as the dictionary does', () => {
  const glyphs = createGlyphs();
  for (const text of ['Мёрфи', 'Μπάιντεν', 'جورج', "ג'ורג'", 'जॉर्ज', '约翰', 'ジョージ', '조지'])
    expect(
      glyphs(text)
        .map(({ native }) => native)
        .join(''),
      text,
    ).toBe(nativeOf(text));
});

test('letters of ours in another shape are ours', () => {
  for (const text of ['𝗧𝗼𝗺', 'Ｔｏｍ', 'Ⓣⓞⓜ', 'Tóm', '🎬'])
    expect(
      createGlyphs()(text).every(({ native }) => native === ''),
      text,
    ).toBe(true);
});

test('how a script spells is learnt from whole words', () => {
  const spellings = ['саша sasha', 'маша masha', 'миша misha', 'сима sima', 'шима shima', 'амис amis'].map(
    (line) => {
      const [native, name] = line.split(' ') as [string, string];
      return { name, units: unitsOf('cyrillic', native) };
    },
  );
  const counts = align('cyrillic', spellings);
  const parts = [...counts.keys()].map((part) => part.split('\t') as [string, string]);
  expect(parts.length).toBeGreaterThan(5);
  for (const [units, letters] of parts)
    expect([...units].filter((unit) => unit === 'ш').length, `${units} for ${letters}`).toBe(
      letters.split('sh').length - 1,
    );
});

test('what was learnt was learnt from the dictionary and the names as they are said, as both stand', () => {
  const words = new URL('../../engine/consent/matcher/words/', import.meta.url);
  const learnt = readFileSync(new URL('abroad-sounds.txt', words), 'utf8');
  expect(learnt.startsWith(headOf(readSources()))).toBe(true);
});

test('what is heard says more for the name than for another, and never more than there is to hear', () => {
  const { models } = lexicon.abroad();
  const heard = listen(models.cyrillic, unitsOf('cyrillic', 'круз'));
  const [name, other] = [heard.evidence('cruise', -100), heard.evidence('smith', -100)];
  expect(name).toBeGreaterThan(5);
  expect(other).toBeLessThan(0);
  expect(name).toBeLessThanOrEqual(heard.most);
});

test('scripts and languages that the dictionary does not have are heard too, from Persian to Thai', () => {
  const rows = readFileSync(new URL('./scripts/unlearnt.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('|') as [string, ...string[]]);
  const known = createMatcher(
    lexicon,
    rows.map(([name]) => ({ id: name, names: [name], kind: 'public figure' })),
  );
  const missed = rows.flatMap(([name, ...cells]) =>
    cells.filter((text) => !known.find(text).some(({ person }) => person === name)),
  );
  expect(missed).toEqual([]);
});

test('what has the hash of a name but not its letters is no name', () => {
  const lines = readFileSync(new URL('./harmless/world.txt', import.meta.url), 'utf8').split('\n');
  const texts = new Map<number, string>();
  for (const line of lines.filter((each) => each.startsWith('zh|'))) {
    const said = [...line.slice(3)].map((sign) => latinOf(sign).replace(/[^a-z]/g, ''));
    for (let from = 0; from < said.length; from++)
      for (let to = from + 4; to < Math.min(from + 9, said.length); to++)
        texts.set(skeletonHash(said.slice(from, to).join('')), line.slice(3));
  }
  // Of so many texts and names some have the same hash by chance; the first that does is taken.
  const syllables =
    'ba be bi bo bu da de di do du ka ke ki ko ku ma me mi mo mu ra re ri ro ru ta te ti to tu'.split(' ');
  let count = 0;
  let word = '';
  do {
    word = '';
    for (let left = count++; left > 0; left = Math.floor(left / 30)) word += syllables[left % 30];
  } while (!texts.has(skeletonHash(`anna${word}`)));
  const anna = createMatcher(lexicon, [{ id: 'a', names: [`Anna ${word}`], kind: 'private' }]);
  expect(anna.find(`Anna ${word}`)).toHaveLength(1);
  expect(anna.find(texts.get(skeletonHash(`anna${word}`))!)).toEqual([]);
});

test('who is meant is told as we write them, and what a name begins with is read', () => {
  const people = [
    { id: 's', names: ['Song Kang-ho', '송강호'], kind: 'public figure' as const },
    { id: 'o', names: ['Omar Sharif'], kind: 'public figure' as const },
    { id: 'g', names: ['Muammar Gaddafi'], kind: 'public figure' as const },
    { id: 'n', names: ['Nilüfer Saraçbaşı', 'Zinedine Zidane'], kind: 'private' as const },
    { id: 'r', names: ['Rebecca Goldwasser'], kind: 'private' as const },
    { id: 'm', names: ['Madonna'], kind: 'public figure' as const },
  ];
  const some = createMatcher(lexicon, people);
  const [song] = some.find('송강호가 시장에서 먹는다');
  expect(song).toMatchObject({ person: 's', verdict: 'block' });
  expect(song!.why).toContain('Song Kang');
  const person = (text: string) => some.find(text).map((finding) => finding.person);
  expect(person('رجل عمر الشريف')).toEqual(['o']);
  expect(person('زين الدين زيدان يلعب')).toEqual(['n']);
  const [rebecca] = some.find('丽贝卡·戈德瓦瑟在跳舞');
  expect(rebecca).toMatchObject({ person: 'r', start: 0, end: '丽贝卡·戈德瓦瑟'.length });
  expect(person('מדונה שרה על במה')).toEqual(['m']);
});

test('a name of two characters is found before what follows it, and never by its sound alone', () => {
  const jackie = createMatcher(lexicon, [{ id: 'j', names: ['Jackie Chan', '成龙'], kind: 'public figure' }]);
  expect(jackie.find('成龙在厨房里打功夫')).toMatchObject([{ person: 'j', verdict: 'review' }]);
  expect(jackie.find('城隆在厨房里')).toEqual([]);
});
