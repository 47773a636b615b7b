import { expect, test } from 'vitest';
import { findMarked } from '../../../engine/provenance/marked.ts';
import { markOf } from '../../../workers/mark/payload.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';

const { store, gated } = await openGatedStore();

/** Makes the film of a statement; answers what it is marked with. */
async function made(source: string): Promise<string> {
  await gated.start(source);
  const job = await gated.take();
  await gated.make(job);
  return markOf(job.workKey!);
}

test('a mark leads back to the film and the run that made it', async () => {
  const payload = await made('GENERATE "fog over a lake"');
  expect(await findMarked(store, gated.asker.workspace, payload)).toEqual({
    own: true,
    media: 'v1',
    group: 'g1',
    recipe: expect.stringContaining('GENERATE "fog over a lake"'),
  });
});

test('another workspace is told that it was made here, and nothing else', async () => {
  const payload = await made('GENERATE "snow"');
  expect(await findMarked(store, 'somebody-else', payload)).toEqual({
    own: false,
    media: null,
    group: null,
    recipe: null,
  });
});

test('of a film that was removed the mark leads nowhere, like one of another installation', async () => {
  const payload = await made('GENERATE "gone"');
  const found = await findMarked(store, gated.asker.workspace, payload);
  await gated.ask(`REMOVE ${found!.media}`);
  expect(await findMarked(store, gated.asker.workspace, payload)).toBeNull();
  expect(await findMarked(store, gated.asker.workspace, '000000000000')).toBeNull();
});
