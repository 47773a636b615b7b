import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Facts } from '../../dsl/facts.ts';
import { holdBytes, thereFor } from '../artifacts/freed.ts';
import { digest, withFile } from '../artifacts/stream.ts';
import type { Asker } from '../asker.ts';
import { openRoom } from '../delivery/room.ts';
import type { Egress } from '../egress/door.ts';
import { Failure } from '../failure.ts';
import { lockWorkspace, publishMedia, recordArtifact } from '../media.ts';
import type { Parts } from '../parts.ts';
import type { Prober } from '../prober.ts';
import type { Queries } from '../store/port.ts';
import { type FetchLimits, fetchFile, fetchLimits, tooLarge } from './fetch.ts';
import { knownMedia } from './known.ts';

/** A file that stands behind a link. */
export interface Linked {
  url: string;
  /** As it was called where it was attached. */
  name: string;
  /** As the chat says; null where it does not. */
  bytes: number | null;
  /** Sent to this very origin and to no other; neither kept nor logged. */
  authorization?: string;
}

/** In the workspace now, or why not, for people to read. */
export type Taken = { id: string } | { code: string; message: string; hint: string | null };

export interface TakeTools extends Pick<Parts, 'store' | 'artifacts'> {
  egress: Egress;
  prober: Prober;
  /** A folder on the disk of the artifacts. */
  scratch: string;
  limits?: FetchLimits;
}

/** Brings a file into the workspace of whoever asked, once for each link of an `occasion`. */
export type Take = (linked: Linked, occasion: string, asker: Asker, signal?: AbortSignal) => Promise<Taken>;

/** Files that are fetched at the same time by one process. */
const abreast = 3;

/** Fetches under the egress rules and within limits, looks at what came as at any hostile file, and gives it an id; what it is decides its
 * bytes, not its name or what the server calls it. */
export function createTake(tools: TakeTools): Take {
  const hands = openRoom(abreast);
  return async (linked, occasion, { workspace }, signal) => {
    const key = { workspace, occasion, link: createHash('sha256').update(linked.url).digest('hex') };
    const before = await fetchedBefore(tools.store, key);
    if (before !== null) return { id: before };
    const hand = await hands.take(1, signal);
    try {
      return { id: await takeOnce(tools, linked, key, signal) };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      return inWords(error);
    } finally {
      hand[Symbol.dispose]();
    }
  };
}

/** Why a file could not be had, for people: the door speaks of what is sent. */
export function inWords({ code, message, hint }: Failure): Exclude<Taken, { id: string }> {
  const told =
    code === 'PQL510' ? message.replace(/^nothing is sent to/, 'nothing is fetched from') : message;
  return { code, message: told, hint };
}

interface Key {
  workspace: string;
  occasion: string;
  link: string;
}

async function takeOnce(tools: TakeTools, linked: Linked, key: Key, signal?: AbortSignal): Promise<string> {
  const { store, limits = fetchLimits } = tools;
  if ((linked.bytes ?? 0) > limits.bytes) throw tooLarge(limits.bytes);
  // The prober reads an ending where the bytes leave it open.
  const ending = /^\.[a-z0-9]{1,5}$/i.test(extname(linked.name)) ? extname(linked.name).toLowerCase() : '';
  for (let attempt = 1; ; attempt++) {
    const file = join(tools.scratch, `fetched-${crypto.randomUUID()}${ending}`);
    try {
      await fetchFile(tools.egress, linked, file, limits, signal);
      const { hash: fetched } = await withFile(file, 'r', (handle) => digest(handle));
      const known = await store.transaction((queries) => takeKnown(queries, fetched, key));
      if (known !== null) return known;
      const facts = await tools.prober.probe(file, signal);
      if (facts.kind === 'text') throw noMedia();
      const recipe = await tools.prober.recipe(file, signal);
      const { hash } = await tools.artifacts.put(file, signal);
      return await publish(tools, { hash, facts, recipe, source: fileNameOf(linked.name) }, key);
    } catch (error) {
      // Somebody removed the same bytes this very moment.
      if (!(error instanceof Failure) || error.code !== 'PQL612' || attempt === 3) throw error;
    } finally {
      await rm(file, { force: true });
    }
  }
}

function publish(
  { store, artifacts }: TakeTools,
  { hash, facts, recipe, source }: { hash: string; facts: Facts; recipe: string | null; source: string },
  { workspace, occasion, link }: Key,
): Promise<string> {
  return store.transaction(async (queries) => {
    await holdBytes(queries);
    await thereFor(queries, artifacts, hash);
    await lockWorkspace(queries, workspace);
    await recordArtifact(queries, { hash, facts, kind: facts.kind, bytes: facts.bytes });
    const { media, id } = await publishMedia(queries, {
      ...{ workspace, hash, kind: facts.kind, job: null, recipe, prompt: null, source, work: null },
    });
    await noteFetched(queries, { workspace, occasion, link }, media);
    return id;
  });
}

/** What the workspace has already, under whatever bytes it left, is what comes back. Nobody removes it meanwhile. */
async function takeKnown(queries: Queries, hash: string, key: Key): Promise<string | null> {
  await lockWorkspace(queries, key.workspace);
  const known = await knownMedia(queries, key.workspace, hash);
  if (known === null) return null;
  await noteFetched(queries, key, known.media);
  return known.id;
}

async function noteFetched(
  queries: Queries,
  { workspace, occasion, link }: Key,
  media: number,
): Promise<void> {
  await queries.query(
    `insert into fetched (workspace, occasion, link_hash, media_id) values ($1, $2, $3, $4)
     on conflict (workspace, occasion, link_hash) do update set media_id = excluded.media_id, fetched_at = now()`,
    [workspace, occasion, link, media],
  );
  await queries.query(`delete from fetched where fetched_at < now() - interval '7 days'`);
}

async function fetchedBefore(queries: Queries, { workspace, occasion, link }: Key): Promise<string | null> {
  const [row] = await queries.query<{ id: string }>(
    `select letter || number as id from fetched join media on media.id = media_id
     where fetched.workspace = $1 and occasion = $2 and link_hash = $3`,
    [workspace, occasion, link],
  );
  return row?.id ?? null;
}

function noMedia(): Failure {
  return new Failure(
    'user',
    'PQL444',
    'what the link gives is a text or a page, not a clip, a picture or a sound',
    {
      hint: 'give the link of the file itself, or attach the file',
    },
  );
}

/** A base name without what a terminal or a chat would make something of, at most 100 characters. */
export function fileNameOf(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replace(/[\p{Cc}\p{Cf}]/gu, '');
  return plain.slice(-100) || 'attachment';
}
