import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { StitchArguments } from '../../dsl/arguments.ts';
import type { ImageFacts, VideoFacts } from '../../dsl/facts.ts';
import type { FileText } from '../../engine/consent/file-words/port.ts';
import { createFileWords } from '../../workers/ffmpeg/file-words.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import { createStitch } from '../../workers/stitch.ts';
import { withCaptions } from './mp4/captioned.ts';
import { openStudio, type Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(async () => {
  await studio?.[Symbol.asyncDispose]();
});

const plain: StitchArguments = { width: null, height: null, fps: null, fit: 'pad', transition: null };
const read = (path: string): Promise<FileText[]> =>
  createFileWords(async () => studio.tools)(path, {} as VideoFacts);
const said = async (path: string) =>
  (await read(path)).map(({ kind, place, text }) => `${kind} ${place}: ${text}`);

const labels = `;FFMETADATA1
title=An evening with Quentin Abernov
artist=Zelda Mirakova
copyright=Ottoline Vane
encoded_by=Ottoline Vane
[CHAPTER]
TIMEBASE=1/1000
START=0
END=500
title=Quentin Abernov sings`;
const subtitles = `1
00:00:00,000 --> 00:00:00,400
<i>Here comes Quentin</i>
Abernov

2
00:00:00,500 --> 00:00:00,900
Zelda Mirakova says no`;

/** A clip with labels, chapters and subtitles, whose packets can be copied. */
const labelled = async (name: string, subtitle: string): Promise<string> => {
  const [clip, text, tags] = ['bare.mp4', 'said.srt', 'tags.txt'].map((each) =>
    join(studio.folder, `${name}-${each}`),
  );
  await studio.flashes(`${name}-bare.mp4`, { at: [0.2], seconds: 1 });
  await writeFile(text!, subtitles);
  await writeFile(tags!, labels);
  const path = join(studio.folder, name);
  await studio.ffmpeg(
    ...[
      '-i',
      clip!,
      '-i',
      text!,
      '-i',
      tags!,
      '-map',
      '0',
      '-map',
      '1',
      '-map_metadata',
      '2',
      '-map_chapters',
      '2',
    ],
    ...['-c', 'copy', '-c:s', subtitle, '-metadata:s:s:0', 'language=eng', path],
  );
  return path;
};

/** A clip with captions among its pictures. */
const captioned = async (name: string, text: string): Promise<string> => {
  const [bare, stream] = [join(studio.folder, `${name}.h264`), join(studio.folder, `${name}-cc.h264`)];
  await studio.ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=2', '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-bf', '0', '-pix_fmt', 'yuv420p', bare],
  );
  await writeFile(stream, withCaptions(await readFile(bare), text));
  const path = join(studio.folder, name);
  await studio.ffmpeg('-framerate', '25', '-i', stream, '-c', 'copy', path);
  return path;
};

test.each([
  ['labelled.mp4', 'mov_text'],
  ['labelled.mkv', 'subrip'],
  ['labelled-ass.mkv', 'ass'],
  ['labelled-vtt.mkv', 'webvtt'],
])('tells what is written inside of %s, and not who owns or encoded it', async (name, subtitle) => {
  expect(await said(await labelled(name, subtitle))).toEqual([
    'about the title: An evening with Quentin Abernov',
    'about the artist: Zelda Mirakova',
    'about chapter 1: Quentin Abernov sings',
    'spoken subtitle track 1 (eng): Here comes Quentin\nAbernov\nZelda Mirakova says no',
  ]);
});

test('a film that is stitched by copying packets carries no subtitles, titles, chapters or tags of its clips', async () => {
  const clips = [await labelled('one.mp4', 'mov_text'), await labelled('two.mp4', 'mov_text')];
  const { file, details } = await studio.run(createStitch(studio.tools), plain, clips);
  expect(details).toMatchObject({ encodedFrames: 0 });
  expect(await read(file)).toEqual([]);
  expect((await readFile(file)).includes('Abernov')).toBe(false);
  expect((await readFile(file)).includes('Mirakova')).toBe(false);
});

test('captions among the pictures are read, since they come along where packets are copied', async () => {
  const clip = await captioned('cc.mp4', 'Zelda Mirakova says no');
  expect(await said(clip)).toEqual(['carried the closed captions: Zelda Mirakova says no']);
  const { file, details } = await studio.run(createStitch(studio.tools), plain, [clip, clip]);
  expect(details).toMatchObject({ encodedFrames: 0 });
  expect((await said(file)).join()).toContain('Zelda Mirakova');
});

test('captions do not come along where pictures are encoded', async () => {
  const clip = await captioned('cc-encoded.mp4', 'Zelda Mirakova says no');
  expect(await read(clip)).toHaveLength(1);
  const { file } = await studio.run(createStitch(studio.tools), { ...plain, width: 32, height: 24 }, [clip]);
  expect(await read(file)).toEqual([]);
});

test('a picture tells whom it says that it shows, in XMP and in EXIF', async () => {
  const path = join(studio.folder, 'portrait.jpg');
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Headline="Rosa &amp; friends">
    <dc:creator><rdf:Seq><rdf:li>Ottoline Vane</rdf:li></rdf:Seq></dc:creator>
    <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Zelda Mirakova</rdf:li><rdf:li>Quentin Abernov</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
    </rdf:Description></rdf:RDF></x:xmpmeta>`;
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .withExif({ IFD0: { ImageDescription: 'Zelda Mirakova at home', Artist: 'Ottoline Vane' } })
    .withXmp(xmp)
    .jpeg()
    .toFile(path);
  const facts = { kind: 'image' } as ImageFacts;
  const told = await createFileWords(async () => studio.tools)(path, facts);
  expect(told.map(({ place, text }) => `${place}: ${text}`)).toEqual([
    'the headline: Rosa & friends',
    'the people: Zelda Mirakova\nQuentin Abernov',
    'the description: Zelda Mirakova at home',
  ]);
  await writeFile(path, 'no picture');
  expect(await createFileWords(async () => studio.tools)(path, facts)).toEqual([]);
});

test('a damaged file tells what can be read of it, and breaks nothing', async () => {
  const path = await labelled('cut.mkv', 'subrip');
  await truncate(path, 2000);
  expect((await said(path))[0]).toBe('about the title: An evening with Quentin Abernov');
  const bytes = join(studio.folder, 'noise.mp4');
  await writeFile(bytes, 'no clip at all, by Quentin Abernov');
  expect(await read(bytes)).toEqual([]);
});

test.each([
  ['that our own reader takes for the recipe', 'mp4', [], false],
  ['where QuickTime has it', 'mov', [], true],
  ['under a key of its own', 'mp4', ['-movflags', 'use_metadata_tags'], true],
])('a comment that looks like a recipe %s is read by one of the two', async (what, ending, more, read) => {
  const name = `comment-${what.replaceAll(' ', '-')}`;
  const clip = await studio.flashes(`${name}-bare.mp4`, { at: [0.2], seconds: 0.4 });
  const path = join(studio.folder, `${name}.${ending}`);
  const comment = 'NOW Quentin Abernov sings';
  await studio.ffmpeg('-i', clip, '-c', 'copy', '-metadata', `comment=${comment}`, ...more, path);
  const recipe = await createProber(studio.tools).recipe(path);
  expect([recipe, await said(path)]).toEqual(
    read ? [null, [`about the comment: ${comment}`]] : [comment, []],
  );
});
