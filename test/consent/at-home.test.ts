import { expect, test } from 'vitest';

import { openAbroad, writtenThere } from '../../engine/consent/matcher/abroad.ts';
import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const lexicon = await loadLexicon();
const people = [
  ...['Park Seong-hui', 'Hyun-gyu Maeng', 'Midori Hoshikawa', 'Sakakibara Yoshinobu', 'Takeshi Onodera'],
  ...[
    'Duangjai Wattanasiri',
    'Kuzhali Thirunavukkarasu',
    'Farrokh Daneshvarian',
    'Mamata Banerjee',
    'Hikaru Utada',
    'Kiyohiko Narasawa',
  ],
];
const matcher = createMatcher(
  lexicon,
  people.map((name) => ({ id: name, names: [name], kind: 'private' })),
);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  ['박성희가 빵집을 연다', 'Park Seong-hui'],
  ['맹현규가 사무실 의자에서 잠든 모습', 'Hyun-gyu Maeng'],
  ['星川みどりが本を読む', 'Midori Hoshikawa'],
  ['榊原義信が古い駅で汽車を見送る', 'Sakakibara Yoshinobu'],
  ['宇多田ヒカルが歌う', 'Hikaru Utada'],
  ['奈良沢清彦が時計を直す', 'Kiyohiko Narasawa'],
  ['小野寺健 が屋台でたこ焼きを焼いている', 'Takeshi Onodera'],
  ['ขอคลิปดวงใจ วัฒนสิริ ทำส้มตำในอวกาศ', 'Duangjai Wattanasiri'],
  ['குழலி திருநாவுக்கரசு மழையில் நடனம் ஆடுகிறாள்', 'Kuzhali Thirunavukkarasu'],
  ['فرخ دانشوریان روی برف شطرنج بازی می‌کند', 'Farrokh Daneshvarian'],
  ['মমতা বন্দ্যোপাধ্যায় নৌকায় বসে ছবি আঁকছেন', 'Mamata Banerjee'],
])('a name is found as it is written where it is at home: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['小野の寺で健やかに眠る猫'],
  ['緑の川と星'],
  ['성은이 망극하옵니다'],
])('what only has signs of a name is nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test('an ordinary word that is also a name somewhere stays an ordinary word', () => {
  expect(writtenThere('adel,adil|عادل')).toEqual({ names: ['adel', 'adil'], natives: ['عادل'] });
  const abroad = openAbroad();
  expect(abroad.namesOf('緑')).toContain('midori');
  expect(abroad.isCommon('緑')).toBe(true);
});
