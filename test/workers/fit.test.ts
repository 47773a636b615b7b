import { randomBytes } from 'node:crypto';
import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FitArguments } from '../../dsl/arguments.ts';
import { Failure } from '../../engine/failure.ts';
import { previewLabel } from '../../workers/fit/label.ts';
import { createFit } from '../../workers/fit.ts';
import type { Effected, Handler, Produced } from '../../workers/handler.ts';
import { openStudio, type Studio } from './studio.ts';

const media = (name: string) => fileURLToPath(new URL(`../media/${name}`, import.meta.url));

describe('a preview that fits', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.[Symbol.asyncDispose]());

  const asked: string[] = [];
  const shrink = async (
    path: string,
    bytes: number,
    known = false,
  ): Promise<Effected & { progress: number[] }> => {
    const handler = createFit({
      media: studio.tools,
      prober: studio.prober,
      async hasPreview(workspace, _of, fits) {
        asked.push(`${workspace} ${fits}`);
        return known;
      },
    });
    const made = await studio.run(handler as unknown as Handler<FitArguments>, { bytes }, [path]);
    return made as unknown as Effected & { progress: number[] } & Produced;
  };

  test('of a film has at most so many bytes, as much of it and the word PREVIEW in its corner', async () => {
    const source = join(studio.folder, 'noise.mp4');
    // Noise is what compresses worst.
    await studio.ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=24:d=3', '-f', 'lavfi', '-i', 'sine=d=3:r=48000'],
      ...[
        '-vf',
        'noise=alls=60:allf=t',
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-crf',
        '12',
        '-c:a',
        'aac',
        source,
      ],
    );
    const whole = await studio.video(source);
    expect(whole.bytes).toBeGreaterThan(500_000);
    const { preview, notes, progress } = await shrink(source, 100_000);
    expect((await stat(preview!.file)).size).toBeLessThanOrEqual(100_000);
    const facts = await studio.video(preview!.file);
    expect(facts).toMatchObject({
      codec: 'h264',
      container: expect.stringContaining('mp4'),
      audio: { codec: 'aac' },
    });
    expect(facts.bytes).toBe(preview!.facts.bytes);
    expect(facts.duration).toBeCloseTo(3, 0);
    const label = previewLabel(facts.width, facts.height)!;
    const grey = await studio.ffmpeg(
      '-i',
      preview!.file,
      '-vf',
      'format=gray',
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-',
    );
    const ink = (wanted: boolean) => {
      const at = Array.from({ length: label.width * label.height }, (_, n) => n).filter(
        (n) => (label.rgba[n * 4] === 255) === wanted,
      );
      const seen = (n: number) =>
        grey[(label.y + Math.floor(n / label.width)) * facts.width + label.x + (n % label.width)]!;
      return at.reduce((sum, n) => sum + seen(n), 0) / at.length;
    };
    expect(ink(true) - ink(false)).toBeGreaterThan(60);
    expect(notes).toEqual([preview!.says]);
    expect(preview!.says).toMatch(/^a preview: at \d+×\d+/);
    expect(Math.max(...progress)).toBeGreaterThan(0.4);
  });

  test('of a long film is its beginning', async () => {
    const source = join(studio.folder, 'long.mp4');
    await studio.ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=24:d=12', '-vf', 'noise=alls=40:allf=t'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', source],
    );
    const { preview } = await shrink(source, 40_000);
    expect(preview!.facts.bytes).toBeLessThanOrEqual(40_000);
    expect(preview!.says).toMatch(/^a preview: the first \d+(?:\.\d)?s at 320×240$/);
  });

  test('is not made of what fits, nor twice', async () => {
    asked.length = 0;
    expect(await shrink(media('trailer.mp4'), 1e6)).toMatchObject({ notes: [] });
    expect(asked).toEqual([]);
    const again = await shrink(media('trailer.mp4'), 10_000, true);
    expect(again).toMatchObject({ notes: [] });
    expect(again.preview).toBeUndefined();
    expect(asked).toEqual(['local 10000']);
  });

  test('of a picture is a smaller one, see-through where it was', async () => {
    const opaque = join(studio.folder, 'noise.png');
    await sharp(randomBytes(400 * 300 * 3), { raw: { width: 400, height: 300, channels: 3 } })
      .png()
      .toFile(opaque);
    const jpeg = (await shrink(opaque, 30_000)).preview!;
    expect(jpeg.facts).toMatchObject({ kind: 'image', container: 'jpeg' });
    expect(jpeg.facts.bytes).toBeLessThanOrEqual(30_000);
    expect(jpeg.says).toMatch(/^a preview at \d+×\d+ instead of 400×300$/);
    const clear = join(studio.folder, 'clear.png');
    await sharp(randomBytes(300 * 300 * 4), { raw: { width: 300, height: 300, channels: 4 } })
      .png()
      .toFile(clear);
    expect((await shrink(clear, 30_000)).preview!.facts).toMatchObject({ container: 'webp' });
  });

  test('of a sound has fewer bits, and its beginning where it is too long even so', async () => {
    const some = (await shrink(media('speech.wav'), 40_000)).preview!;
    expect(some.facts).toMatchObject({ kind: 'audio', audio: { codec: 'aac' } });
    expect(some.facts.bytes).toBeLessThanOrEqual(40_000);
    const long = join(studio.folder, 'long.wav');
    await studio.ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=d=30:r=16000', long);
    const part = (await shrink(long, 40_000)).preview!;
    expect(part.says).toMatch(/^a preview: the first \d+(?:\.\d)?s at \d+ kbit\/s$/);
    expect(part.facts.bytes).toBeLessThanOrEqual(40_000);
  });

  test('says in a note what is wrong with a film, which is no failure of the run', async () => {
    const handler = createFit({
      media: studio.tools,
      prober: {
        ...studio.prober,
        probe: async () => {
          throw new Failure('user', 'PQL433', 'the file is damaged');
        },
      },
      hasPreview: async () => false,
    });
    const file = join(studio.folder, 'fine.mp4');
    await copyFile(media('sintel-96x54.mp4'), file);
    const made = await studio.run(handler as unknown as Handler<FitArguments>, { bytes: 9000 }, [file]);
    expect(made.notes).toEqual(['no preview could be made: the file is damaged']);
  });
});
