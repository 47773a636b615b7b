import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createFinder } from '../../engine/consent/gate/finder.ts';
import { optOut } from '../../engine/consent/registry/opt-out.ts';
import type { Store } from '../../engine/store/port.ts';
import { containerEncoding } from '../../workers/ffmpeg/encoding.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { type Gated, openGated } from '../fakes/gated.ts';
import { askerIn } from '../fakes/plan.ts';
import { openStudio, type Studio } from './studio.ts';

let store: Store;
let studio: Studio;
let gated: Gated;
/** A real film, as another installation would have made it by this recipe. */
const film = async (name: string, recipe: string) => {
  await studio.ffmpeg(
    ...['-f', 'lavfi', '-i', 'color=size=96x54:rate=25:duration=0.4', '-c:v', 'libx264'],
    ...[...containerEncoding(recipe), join(gated.folder, name)],
  );
};
beforeAll(async () => {
  store = await openMemoryStore();
  studio = await openStudio();
  // The matcher and the prober of every installation.
  gated = await openGated(store, { prober: studio.prober, createFinder });
  await optOut(store, { name: 'Ottoline Vane', reason: null, by: askerIn('elsewhere') });
  await film('fog.mp4', 'GENERATE "fog" SEED 7\n-- watchai');
  await film(
    'stitched.mp4',
    'STITCH (GENERATE "a boat" SEED 1 | TRIM UNTIL 1s) + (GENERATE "a portrait of 0ttoline V@ne" SEED 2)\n-- watchai',
  );
  await film(
    'halves.mp4',
    'STITCH (GENERATE "Ottoline" SEED 1) + (GENERATE "Vane at sea" SEED 2)\n-- watchai',
  );
  await copyFile(join(gated.folder, 'fog.mp4'), join(gated.folder, 'OttolineVane_final-2.mp4'));
  await writeFile(join(gated.folder, 'ottoline.vane.srt'), '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await studio?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

test.each([
  ['a film of fog', 'TRIM "fog.mp4" UNTIL 0.2s', []],
  ['two films of fog', 'STITCH "fog.mp4" + "fog.mp4"', []],
  ['a disguised name in the recipe of a stitched film', 'TRIM "stitched.mp4" UNTIL 0.2s', ['PQL540']],
  ['it among others', 'STITCH "fog.mp4" + "stitched.mp4"', ['PQL540']],
  ['a name over two parts of a stitched film', 'TRIM "halves.mp4" UNTIL 0.2s', ['PQL540']],
  ['a name in the name of a file', 'TRIM "OttolineVane_final-2.mp4" UNTIL 0.2s', ['PQL540']],
  [
    'a name in the name of a file that is written',
    'TRIM "fog.mp4" UNTIL 0.2s TO "ottoline_vane.mp4"',
    ['PQL540'],
  ],
  [
    'a name over a prompt and a file',
    'STITCH (GENERATE "Ottoline" SEED 1) + "fog.mp4" TO "vane.mp4"',
    ['PQL540'],
  ],
])('judges what real files say: %s', async (_, source, codes) => {
  expect([...new Set(await gated.codes(source))]).toEqual(codes);
});

test('subtitles are no film, and their name is judged all the same', async () => {
  expect(await gated.codes('TRIM "ottoline.vane.srt" UNTIL 0.2s')).toContain('PQL540');
});
