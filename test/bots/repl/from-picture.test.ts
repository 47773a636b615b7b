import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { putFaceNetwork } from '../../fakes/network-in-home.ts';
import { emptyFolder, jsonLines, runPql } from './spawn-pql.ts';

const media = (name: string) => fileURLToPath(new URL(`../../media/${name}`, import.meta.url));

/** A folder with a clip in which nobody's face is seen, a portrait, and the network that looks for faces. */
async function folderWithMedia(): Promise<string> {
  const folder = await emptyFolder();
  await copyFile(media('city.mpg'), join(folder, 'city.mpg'));
  await copyFile(media('astronaut.jpg'), join(folder, 'portrait.jpg'));
  await putFaceNetwork(join(folder, 'home'));
  return folder;
}

const resultOf = (out: string, operation: string) =>
  jsonLines(out).findLast((event) => event.type === 'result' && event.operation === operation);

test('a film begins with the last frame of a clip, goes on with its own, and its recipe makes it again', async () => {
  const folder = await folderWithMedia();
  const source = `GENERATE "rain" FROM "city.mpg"[..1s] DURATION 500ms SIZE 96x64 FPS 12fps
  | GENERATE "night" DURATION 500ms FPS 12fps TO film.mp4`;
  const first = await runPql(['-c', source, '--json'], folder);
  expect(first).toMatchObject({ status: 0 });
  const { out } = await runPql(['recipe', 'film.mp4'], folder);
  expect(out).toMatch(
    /^GENERATE "rain" FROM "city.mpg"\[\.\.1s\] DURATION 500ms SIZE 96x64 .* \| GENERATE "night" .* SIZE 96x64 /,
  );
  const elsewhere = await folderWithMedia();
  const again = await runPql(['run', '-', '--json'], elsewhere, { input: out.split('\n')[0]! });
  expect(again.status).toBe(0);
  expect(resultOf(again.out, 'generate')?.hash).toBe(resultOf(first.out, 'generate')?.hash);
  const told = await runPql(['-c', 'VERIFY "film.mp4"'], folder);
  expect(told.out).toContain('c2pa.created (compositeSynthetic)');
  expect(told.out).toMatch(/^from city\.mpg \(componentOf\)/m);
});

test('a portrait waits for a moderator, and nothing of it is made before', async () => {
  const folder = await folderWithMedia();
  const { status, out, err } = await runPql(
    ['-c', 'GENERATE "rain" FROM "portrait.jpg" DURATION 500ms SIZE 96x96 TO film.mp4'],
    folder,
  );
  expect(status).not.toBe(0);
  expect(out + err).toMatch(/PQL544 {2}a face of which nobody said whose it is in i1 \(portrait\.jpg\)/);
  expect(out + err).toContain('r1 asks the moderators');
  expect((await runPql(['-c', 'SHOW VIDEOS'], folder)).out).not.toMatch(/\bv1\b/);
});
