import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCarry } from '../../bots/delivery/carry.ts';
import { everywhere, type Surface } from '../../bots/presenter/surface.ts';
import { openDiskArtifacts } from '../../engine/artifacts/disk.ts';
import { startDelivery } from '../../engine/delivery/deliver.ts';
import { openRoom } from '../../engine/delivery/room.ts';
import { openLog } from '../../engine/log.ts';
import { lockWorkspace } from '../../engine/media.ts';
import type { Store } from '../../engine/store/port.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { plainPresenter, putFilm } from '../fakes/finished-card.ts';
import type { Measured } from './measured.ts';

const cards = 1000;
const bytes = 10_000_000;
const places = 8;

/** Delivers a thousand films of 10 MB to a chat that only reads them, and asks whether memory stays where it was. */
export async function bench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-deliver-'));
  const store = await openMemoryStore();
  const artifacts = await openDiskArtifacts(join(folder, 'artifacts'));
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const film = await putFilm(store, artifacts, folder, randomBytes(bytes));
  await endCards(store, film.hash);
  const peaks = [0, 0];
  const said = new Map<string, number[]>();
  let read = 0;
  let done = 0;
  const surface: Surface = {
    chat: 'slack',
    post: async ({ channel, thread }, _view, key) => ({ channel, thread, message: key }),
    edit: async () => {},
    async finish(posted, _view, file, key) {
      if (file !== null)
        for await (const piece of createReadStream(file.path)) read += (piece as Buffer).length;
      said.set(posted.channel, [...(said.get(posted.channel) ?? []), Number(key.split('-')[1])]);
      const half = done++ < cards / 2 ? 0 : 1;
      peaks[half] = Math.max(peaks[half]!, process.memoryUsage().rss);
      return { ...posted, message: key };
    },
    find: async () => null,
    look: async () => ({ open: false, may: null }),
    remove: async () => {},
    tell: async () => {},
  };
  const carry = createCarry({
    ...{
      store,
      artifacts,
      scratch,
      publicUrl: null,
      surfaces: everywhere(surface),
      presenter: plainPresenter(store),
      room: openRoom(128e6),
    },
  });
  const log = openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now });
  const started = performance.now();
  const loop = startDelivery(store, { surface: 'slack', carry, log });
  while (done < cards) await new Promise((resolve) => setTimeout(resolve, 50));
  const seconds = (performance.now() - started) / 1000;
  await loop[Symbol.asyncDispose]();
  await artifacts[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
  if (read !== cards * bytes) throw new Error(`${read} bytes were read`);
  const ordered = [...said.values()].every((ids) => ids.every((id, at) => at === 0 || ids[at - 1]! < id));
  if (!ordered) throw new Error('a place heard its cards in another order');
  return [
    {
      name: 'deliver a film of 10 MB, eight places side by side',
      value: (seconds / cards) * 1000,
      unit: 'ms',
      goal: 'a chat takes longer',
    },
    {
      ...{ name: 'memory of the second 500 deliveries of 10 MB', value: peaks[1]! / peaks[0]!, unit: '×' },
      ...{ goal: '<= 1.1', against: 'the first 500' },
    },
    {
      name: 'memory while 1,000 films of 10 MB are delivered',
      value: peaks[1]! / 1e6,
      unit: 'MB',
      goal: '<= 800',
    },
  ];
}

/** Cards whose runs ended at the same moment, all showing one film. */
async function endCards(store: Store, hash: string): Promise<void> {
  await lockWorkspace(store, 'w');
  await store.query(
    `insert into cards (surface, workspace, "group", pql, asker, interaction, channel, posted, file_limit, state)
     select 'slack', 'w', 'g' || n, $1, 'slack:U7', 'i' || n, '#' || n % $2::integer,
            jsonb_build_array(jsonb_build_object('channel', '#' || n % $2::integer, 'thread', null, 'message', 'card')), 20000000,
            'finishing'
     from generate_series(1, $3::integer) as n`,
    [hash, places, cards],
  );
  await store.query(
    `insert into outbox (surface, place, card_id) select surface, channel, id from cards order by id`,
  );
}
