import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { keepTemplate } from '../../engine/consent/faces/templates.ts';
import { optOut } from '../../engine/consent/registry/opt-out.ts';
import { findRequest } from '../../engine/consent/requests/file.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import type { Desk } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { askForGrant, grantTo, publicFigure } from '../fakes/consent.ts';
import { fakeFilm } from '../fakes/desk.ts';
import { fakeFaces } from '../fakes/faces.ts';
import { type Gated, openGated } from '../fakes/gated.ts';
import { openGatedStore } from '../fakes/gated-store.ts';
import { askerIn } from '../fakes/plan.ts';

const { store, gated } = await openGatedStore();

/** Runs a statement with one handler; gives how its run ended, and the words of its failure. */
async function outcome(
  source: string,
  generate: (desk: Desk) => Promise<never | string>,
  { start, parts, folder }: Pick<Gated, 'start' | 'parts' | 'folder'> = gated,
) {
  const { run } = await start(source);
  const lanes = await startLanes(parts, {
    handlers: {
      generate: async (_, desk) => {
        const file = join(desk.scratch, 'made.mp4');
        await writeFile(file, await generate(desk));
        return { file, kind: 'video', facts: fakeFilm('', '', 4).facts, notes: [], details: {} };
      },
    },
    slots: { cpu: 1 },
    scratch: join(folder, 'work'),
    worker: 'test',
    log: openLog({ level: 'silent', sink: () => {}, now: () => 0 }),
    beat: 50,
  });
  try {
    const events = await Array.fromAsync(watch(parts, run));
    const failed = events.find((event) => event.type === 'failed');
    return { state: events.at(-1), code: failed?.type === 'failed' ? failed.code : null };
  } finally {
    await lanes[Symbol.asyncDispose]();
  }
}

test('a job that runs when somebody in it opts out is stopped where it is', async () => {
  const name = 'Ella Stopped';
  let stopped = false;
  const ended = await outcome(`GENERATE "${name} by the sea"`, async (desk) => {
    await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
    await gated.consent.revoke(gated.parts);
    return sleep(600_000, '', { signal: desk.signal }).catch((error: Error) => {
      stopped = true;
      throw error;
    });
  });
  expect(ended).toMatchObject({ state: { type: 'done', state: 'failed' }, code: 'PQL547' });
  expect(stopped).toBe(true);
});

test('what was made is not published when somebody in it opted out meanwhile and nobody has looked for them yet', async () => {
  const name = 'Ella Unpublished';
  const ended = await outcome(`GENERATE "${name} by the sea"`, async () => {
    await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
    return 'bytes';
  });
  expect(ended).toMatchObject({ state: { type: 'done', state: 'failed' }, code: 'PQL540' });
  expect(await store.query('select from media where prompt like $1', [`${name}%`])).toEqual([]);
});

test('what was made is not published when it shows a remembered face of somebody who gave no leave', async () => {
  const faces = fakeFaces();
  const watched = await openGated(store, { faces });
  const tools = { store, signer: watched.signer };
  const cast = await publicFigure(store, 'Ella Castaway');
  await grantTo(tools, watched.asker.workspace, cast);
  const other = await publicFigure(store, 'Ella Stranger');
  const request = await askForGrant(store, watched.asker, other);
  await store.transaction(async (queries) => {
    const { id } = (await findRequest(queries, watched.asker.workspace, request))!;
    const keys = await watched.consent.faces!.keys();
    await keepTemplate(queries, keys, { person: other, request: id, known: faces.faceOf('stranger') });
  });
  const said = [];
  for (const seen of ['FACES stranger', 'FACES castaway'])
    said.push(await outcome(`GENERATE "${seen} by the sea" CAST "Ella Castaway"`, async () => seen, watched));
  expect(said).toMatchObject([
    { code: 'PQL542', state: { state: 'failed' } },
    { code: null, state: { state: 'done' } },
  ]);
  expect(
    await store.query(`select prompt from media where workspace = $1`, [watched.asker.workspace]),
  ).toEqual([{ prompt: 'FACES castaway by the sea' }]);
  await store.query('delete from face_templates');
  await watched[Symbol.asyncDispose]();
});

test('lanes carry out what a process that died left undone', async () => {
  const name = 'Ella Leftbehind';
  await gated.start(`GENERATE "${name} by the sea"`);
  await gated.make(await gated.take());
  await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
  const lanes = await startLanes(gated.parts, {
    handlers: {},
    slots: {},
    scratch: join(gated.folder, 'work'),
    worker: 'test',
    log: openLog({ level: 'silent', sink: () => {}, now: () => 0 }),
    beat: 20,
    lease: 60,
  });
  await expect
    .poll(
      () =>
        store.query(
          'select because from held_media join held_for on media_id = id where media_row ->> $1 like $2',
          ['prompt', `${name}%`],
        ),
      {
        timeout: 30_000,
      },
    )
    .toEqual([{ because: 'opted out' }]);
  await lanes[Symbol.asyncDispose]();
});
