import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CardView } from '../../bots/presenter/card-view.ts';
import type { Presenter } from '../../bots/presenter/presenter.ts';
import type { Facts } from '../../dsl/facts.ts';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import { insertCard, notePosted, readCard } from '../../engine/cards/cards.ts';
import { letGo } from '../../engine/cards/keep.ts';
import { settle } from '../../engine/jobs/run-row.ts';
import { lockWorkspace, publishMedia, recordArtifact, takeNumbers } from '../../engine/media.ts';
import type { Queries, Store } from '../../engine/store/port.ts';
import { fakeFilm } from './desk.ts';

/** Puts bytes into a workspace as a clip; answers its id and hash. */
export async function putFilm(
  store: Store,
  artifacts: ArtifactStore,
  folder: string,
  bytes: Uint8Array,
  workspace = 'w',
): Promise<{ id: string; hash: string; facts: Facts }> {
  const file = join(folder, `film-${crypto.randomUUID()}`);
  await writeFile(file, bytes);
  const { hash } = await artifacts.put(file);
  const { facts } = fakeFilm('', '', bytes.length);
  return store.transaction(async (queries) => {
    await lockWorkspace(queries, workspace);
    await recordArtifact(queries, { hash, kind: 'video', facts, bytes: bytes.length });
    const { id } = await publishMedia(queries, {
      ...{
        workspace,
        hash,
        kind: 'video',
        job: null,
        recipe: null,
        prompt: null,
        source: 'x.mp4',
        work: null,
      },
    });
    return { id, hash, facts };
  });
}

/** A card whose run has just ended with this film; answers its number. */
export async function endedCard(
  store: Store,
  {
    hash,
    channel = '#a',
    posted = null,
    fileLimit = 10e6,
  }: { hash: string | null; channel?: string; posted?: string | null; fileLimit?: number },
): Promise<number> {
  return store.transaction(async (queries) => {
    await lockWorkspace(queries, 'w');
    const number = await takeNumbers(queries, 'w', 'g', 1);
    const [row] = await queries.query<{ id: number }>(
      `insert into runs (workspace, number, source, asker) values ('w', $1, $2, '{}') returning id`,
      [number, hash ?? ''],
    );
    const card = await insertCard(queries, {
      ...{
        surface: 'slack',
        workspace: 'w',
        run: row!.id,
        group: `g${number}`,
        pql: hash ?? '',
        asker: 'slack:U7',
      },
      ...{ interaction: `i${number}`, channel, thread: null, fileLimit, keeper: 'test', keptFor: 60 },
    });
    if (posted !== null) await notePosted(queries, card, { channel, thread: null, message: posted });
    await letGo(queries, 'test', [card]);
    await settle(queries, row!.id);
    return card;
  });
}

/** What a presenter says of such cards: the films whose hashes stand in their PQL, in their order. */
export function plainPresenter(store: Queries): Pick<Presenter, 'view' | 'posted'> {
  return {
    async view(id): Promise<CardView | null> {
      const card = await readCard(store, id);
      if (card === null) return null;
      const films = await store.query<{ id: string; hash: string; bytes: number; facts: Facts }>(
        `select letter || number as id, hash, artifacts.bytes, facts from media join artifacts using (hash)
         where workspace = 'w' and hash = any ($1::text[]) order by array_position($1::text[], hash)`,
        [card.pql.split(' ')],
      );
      const [media = null, ...more] = films.map((film, at) => ({
        ...{ ...film, kind: 'video' as const, preview: null, link: null },
        name: `${card.group}${at === 0 ? '' : `-${at + 1}`}.mp4`,
      }));
      return {
        ...{
          tone: 'done',
          title: `${card.group} · done`,
          asked: 'U7',
          pql: 'GENERATE "fog"',
          lines: ['made'],
          record: [],
        },
        ...{ progress: null, block: null, media, more, buttons: [], footnote: null },
      };
    },
    posted: (card, message) => notePosted(store, card, message),
  };
}
