import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverTo } from '../../../bots/delivery/deliver-to.ts';
import { everywhere } from '../../../bots/presenter/surface.ts';
import { openWeb } from '../../../bots/web/web.ts';
import { withPreviews } from '../../../dsl/with-previews.ts';
import { openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { insertCard, notePosted } from '../../../engine/cards/cards.ts';
import { letGo } from '../../../engine/cards/keep.ts';
import { findPreview } from '../../../engine/delivery/previews.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { openLog } from '../../../engine/log.ts';
import { openNews } from '../../../engine/news.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import type { Store } from '../../../engine/store/port.ts';
import { findTools, toolsOf } from '../../../workers/ffmpeg/find.ts';
import { createProber } from '../../../workers/ffmpeg/prober.ts';
import { createFit } from '../../../workers/fit.ts';
import type { Handler } from '../../../workers/handler.ts';
import { startLanes } from '../../../workers/lanes.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { plainPresenter } from '../../fakes/finished-card.ts';
import { folderChat, saidIn } from '../../fakes/folder-chat.ts';
import { askerIn, planOf } from '../../fakes/plan.ts';

const soon = { timeout: 60_000 };
const source = fileURLToPath(new URL('../../media/run.mp4', import.meta.url));
const limit = 25_000;

let folder: string;
let store: Store;
let artifacts: Awaited<ReturnType<typeof openDiskArtifacts>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-whole-'));
  store = await openMemoryStore();
  artifacts = await openDiskArtifacts(join(folder, 'artifacts'));
});
afterAll(async () => {
  await artifacts?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('a film that is too large for its chat comes as a preview, made once, with a link to the whole of it', async () => {
  const media = toolsOf(await findTools({}));
  const prober = createProber(media);
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const parts = { store, artifacts, queue: inProcessQueue(), news: openNews(), scratch };
  const log = openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now });
  const make: Handler = async (_, desk) => {
    const file = join(desk.scratch, 'film.mp4');
    await copyFile(source, file);
    return { file, kind: 'video', facts: await prober.probe(file), notes: [], details: {} };
  };
  let fitted = 0;
  const hasPreview = async (workspace: string, of: string, fits: number) => {
    const known = (await findPreview(store, workspace, of, fits)) !== null;
    if (!known) fitted += 1;
    return known;
  };
  const lanes = await startLanes(parts, {
    handlers: { probe: make, fit: createFit({ media, prober, hasPreview }) as unknown as Handler },
    ...{ slots: { cpu: 1 }, scratch, worker: 'test', log },
  });
  const web = await openWeb({ store, artifacts, log, address: { host: '127.0.0.1', port: 0 } });
  const publicUrl = `http://127.0.0.1:${web.address.port}`;
  const chat = join(folder, 'chat');
  const whole = await readFile(source);
  const hash = createHash('sha256').update(whole).digest('hex');
  const delivery = deliverTo(everywhere(folderChat(chat)), plainPresenter(store), parts, { publicUrl }, log);
  const ask = (interaction: string) =>
    submit(
      parts,
      withPreviews(planOf({ a: { gives: 'video' } }), limit),
      askerIn('w'),
      async (queries, run, group) => {
        const card = await insertCard(queries, {
          ...{
            surface: 'slack',
            workspace: 'w',
            run,
            group,
            pql: hash,
            asker: 'slack:U7',
            interaction,
            channel: '#a',
          },
          ...{ thread: null, fileLimit: limit, keeper: 'test', keptFor: 60 },
        });
        await notePosted(queries, card, { channel: '#a', thread: null, message: `card-${card}` });
        await letGo(queries, 'test', [card]);
      },
    );
  await ask('one');
  await expect.poll(async () => (await saidIn(chat)).messages.length, soon).toBe(1);
  // All of it is recalled the second time, the preview too.
  await ask('two');
  await expect.poll(async () => (await saidIn(chat)).messages.length, soon).toBe(2);
  await delivery[Symbol.asyncDispose]();
  await lanes[Symbol.asyncDispose]();

  const { messages } = await saidIn(chat);
  expect(fitted).toBe(1);
  const sha256 = messages[0]!.file!.sha256;
  for (const { file, lines, link } of messages) {
    expect(file!.bytes).toBeLessThanOrEqual(limit);
    expect(file!.sha256).toBe(sha256);
    expect(lines[0]).toMatch(/^a preview: .*; the whole of v1 has 39\.6 kB$/);
    const answer = await fetch(link!);
    expect(Buffer.from(await answer.arrayBuffer()).equals(whole)).toBe(true);
  }
  expect(await store.query('select letter || number as id from media')).toEqual([{ id: 'v1' }]);
  await web[Symbol.asyncDispose]();
});
