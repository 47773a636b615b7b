import { expect, test } from 'vitest';
import type { Ask, Attachment } from '../../../bots/presenter/ask.ts';
import { withAttached } from '../../../bots/presenter/attached.ts';
import { withIds } from '../../../bots/presenter/these.ts';
import type { PresenterTools } from '../../../bots/presenter/tools.ts';
import { whyNot, withFiles } from '../../../bots/presenter/with-files.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { member } from '../../fakes/chat.ts';

const attached = (name: string): Attachment => ({
  ...{ url: `https://cdn.example/${name}`, name, bytes: null, contentType: null },
});

/** What a message comes to: `v1`, `v2` … by the order in which its files were taken in. */
test('why a file that came along cannot be had is said by its name, and of a link as it is', () => {
  const text = { code: 'PQL444', message: 'what the link gives is a text or a page', hint: 'give the link' };
  expect(whyNot(text, { name: 'x.txt' })).toEqual({
    code: 'PQL444',
    message: 'x.txt is a text or a page',
    hint: 'attach a clip, a picture or a sound',
  });
  const gone = {
    code: 'PQL443',
    message: 'the link leads to no file: it answers 404',
    hint: 'check the link',
  };
  expect(whyNot(gone, { name: 'a\nb.pdf' })).toEqual({
    code: 'PQL443',
    message: 'a b.pdf cannot be had: it answers 404',
    hint: 'attach it again',
  });
  const large = { code: 'PQL442', message: 'too large', hint: null };
  expect(whyNot(large, { name: 'x.mp4' })).toBe(large);
});

async function meant(text: string, attachments: readonly Attachment[] = []) {
  const taken: string[] = [];
  const take: PresenterTools['take'] = async ({ url, name }, occasion) => {
    if (url.includes('bad')) return { code: 'PQL443', message: 'the link leads to no file', hint: null };
    taken.push(`${occasion} ${name}`);
    return { id: `v${taken.length}` };
  };
  const ask = { id: 'i7', asker: member('1', '2'), attachments } as unknown as Ask;
  const said = await withFiles(text, { surface: 'chat' }, ask, { catalogue, take } as PresenterTools);
  return { said: 'type' in said ? said : said.text, taken };
}

test.each([
  ['ENHANCE https://example.org/films/a%20b.mp4?x=1 UPSCALE 2x', 'ENHANCE v1 UPSCALE 2x', ['i7 a b.mp4']],
  ['ENHANCE <https://x.org/a.mp4?q=1&amp;r=2|x.org>[1s..2s]', 'ENHANCE v1[1s..2s]', ['i7 a.mp4']],
  [
    'STITCH https://x.org/a.mp4 + https://x.org/b.mp4 + https://x.org/a.mp4',
    'STITCH v1 + v2 + v1',
    ['i7 a.mp4', 'i7 b.mp4'],
  ],
  ['STITCH v9 + (TRIM https://x.org/a.mp4[1s..2s])', 'STITCH v9 + (TRIM v1[1s..2s])', ['i7 a.mp4']],
  [
    'FROM SHOTS OF https://x.org/a.mp4 | MAP ( GRADE LOOK noir )',
    'FROM SHOTS OF v1 | MAP ( GRADE LOOK noir )',
    ['i7 a.mp4'],
  ],
  ['ENHANCE https://x.org/', 'ENHANCE v1', ['i7 link']],
  ['GENERATE "snow" FROM https://x.org/a.jpg SEED 7', 'GENERATE "snow" FROM v1 SEED 7', ['i7 a.jpg']],
])('a link where a clip may stand is taken in: %s', async (text, said, taken) => {
  expect(await meant(text)).toEqual({ said, taken });
});

test('what came with the message, and links beside it', async () => {
  expect(await meant('STITCH this + https://x.org/c.mp4', [attached('a.mp4'), attached('b.mp4')])).toEqual({
    said: 'STITCH v1 + v2 + v3',
    taken: ['i7 a.mp4', 'i7 b.mp4', 'i7 c.mp4'],
  });
});

test('a picture that came along is what a film begins with', async () => {
  expect(await meant('GENERATE "snow" FROM this', [attached('a.jpg')])).toEqual({
    said: 'GENERATE "snow" FROM v1',
    taken: ['i7 a.jpg'],
  });
  const ask = (values: Record<string, string>) =>
    withAttached('generate', values, { attachments: [attached('a.jpg')] }, catalogue);
  expect(ask({ prompt: 'snow' })).toEqual({ prompt: 'snow', from: 'this' });
  expect(ask({ prompt: 'snow', from: 'i3' })).toEqual({ prompt: 'snow', from: 'i3' });
});

test.each([
  'GENERATE "a clip at https://x.org/a.mp4"',
  'GENERATE https://x.org/a.mp4',
  'ENHANCE v1 NOTIFY https://x.org/hook',
  'ENHANCE v1 TO out.mp4 ? https://x.org/put',
  'ENHANCE this UPSCALE 2x',
  'ENHANCE https://me:secret@x.org/a.mp4',
])('nothing else is fetched, nor what cannot be a link: %s', async (text) => {
  expect(await meant(text)).toEqual({ said: text, taken: [] });
});

test('says which file could not be had, and lets nobody have a hundred fetched', async () => {
  const bad = await meant('STITCH https://x.org/a.mp4 + https://x.org/bad.mp4');
  expect(bad.said).toMatchObject({ type: 'refused', view: { title: 'PQL443 the link leads to no file' } });
  const many = Array.from({ length: 11 }, (_, n) => `https://x.org/${n}.mp4`).join(' + ');
  expect(await meant(`STITCH ${many}`)).toMatchObject({ said: { type: 'refused' }, taken: [] });
});

test.each([
  // Before it, within it, all of it, across its end, behind it.
  ['ENHANCE', 'ENHANCE'],
  ['v13 + v14', 'this'],
  ['13 + v', 'this'],
  ['v14[9s..12s]', 'this[9s..12s]'],
  ['[9s..12s]', '[9s..12s]'],
  ['UPSCALE 4', 'UPSCALE 4'],
  ['v2', 'https://x.org/a.mp4'],
  ['v2 AS x', 'https://x.org/a.mp4 AS x'],
])('what stands at %s stood at %s when it was typed', (now, before) => {
  const typed = 'ENHANCE this[9s..12s] UPSCALE 4 | STITCH https://x.org/a.mp4 AS x';
  const place = (text: string) => ({ start: typed.indexOf(text), end: typed.indexOf(text) + text.length });
  const { text, back, brought } = withIds(typed, [
    { span: place('https://x.org/a.mp4'), ids: ['v2'], called: ['https://x.org/a.mp4'] },
    { span: place('this'), ids: ['v13', 'v14'], called: ['a.mp4', 'b.mp4'] },
  ]);
  expect(text).toBe('ENHANCE v13 + v14[9s..12s] UPSCALE 4 | STITCH v2 AS x');
  expect(brought.map(({ text: name, span }) => [name, text.slice(span.start, span.end)])).toEqual([
    ['a.mp4', 'v13 + v14'],
    ['b.mp4', 'v13 + v14'],
    ['https://x.org/a.mp4', 'v2'],
  ]);
  const start = text.indexOf(now);
  const { start: from, end } = back({ start, end: start + now.length });
  expect(typed.slice(from, end)).toBe(before);
  expect(back({ start: text.length, end: text.length })).toEqual({ start: typed.length, end: typed.length });
});
