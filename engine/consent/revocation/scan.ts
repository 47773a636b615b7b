import type { Catalogue } from '../../../dsl/catalogue.ts';
import { takeCardsAway } from '../../cards/take-away.ts';
import type { Parts } from '../../parts.ts';
import { lockHead } from '../audit/append.ts';
import type { NameFinder } from '../gate/name-index.ts';
import { namesOf } from '../gate/name-index.ts';
import { peopleById } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';
import { fileRequest } from '../requests/file.ts';
import type { Signer } from '../signing/signer.ts';
import {
  type Affected,
  affectedCards,
  affectedFaces,
  affectedMarks,
  affectedMedia,
  affectedPlaces,
  affectedRuns,
  grantedStill,
  type Look,
  lineage,
} from './affected.ts';
import { affectedWords } from './affected-words.ts';
import { type HoldReason, holdMedia } from './hold.ts';
import { placesOf } from './places.ts';
import { type Stopped, stopRun } from './stop.ts';

/** What looking for somebody needs. */
export interface ScanTools {
  catalogue: Catalogue;
  signer: Signer;
  createFinder(): Promise<NameFinder>;
  now?: (() => Date) | undefined;
}

/** What was done about one person in one workspace. */
export interface Revoked {
  person: number;
  workspace: string;
  /** `r9`, in that workspace; null where there was nothing to do. */
  request: string;
  held: string[];
  stopped: string[];
}

interface Pending {
  id: number;
  person: number;
  workspace: string | null;
  because: HoldReason['because'];
}

/** Looks for the results and the work of everybody whose consent ended since, all in one walk, and takes them away: runs stop, media are held with
 * whatever was made from them, and a request in each workspace tells the moderators what went where. Whoever is killed meanwhile leaves the
 * rest to the next walk, and two walks at once find nothing twice. */
export async function carryOutRevocations(
  parts: Parts,
  tools: ScanTools,
  signal?: AbortSignal,
): Promise<Revoked[]> {
  const { store } = parts;
  const pending = await store.query<Pending>(
    'select id, person_id as person, workspace, because from consent_scans order by id',
  );
  if (pending.length === 0) return [];
  const people = await peopleById(store, [...new Set(pending.map(({ person }) => person))]);
  const finder = await tools.createFinder();
  for (const person of people) finder.add(namesOf(person));
  const wanted = openWanted(pending, people);
  const affected = new Map<string, Affected>();
  const note = (workspace: string, person: number): Affected => {
    const key = `${person} ${workspace}`;
    const there = affected.get(key) ?? {
      workspace,
      person,
      runs: new Set(),
      media: new Map(),
      cards: new Set(),
    };
    affected.set(key, there);
    return there;
  };
  const look = { store, finder, wanted, note, signal, people, catalogue: tools.catalogue };
  // First what is still being made: a job that ends meanwhile has published its result before the media are walked.
  await affectedRuns(look);
  await affectedMedia(look);
  await affectedPlaces(look);
  await affectedCards(look);
  await affectedFaces(look);
  await affectedMarks(look);
  await affectedWords(look);
  const revoked: Revoked[] = [];
  for (const each of affected.values()) {
    const because = wanted.why(each.person, each.workspace);
    if (because === null) continue;
    if (because === 'grant revoked' && (await grantedStill(store, tools, each))) continue;
    revoked.push(await takeAway(parts, look, each, because));
  }
  await store.query('delete from consent_scans where id = any ($1::bigint[])', [pending.map(({ id }) => id)]);
  return revoked;
}

async function takeAway(
  parts: Parts,
  look: Look,
  { workspace, person, runs, media, cards: shown }: Affected,
  because: HoldReason['because'],
): Promise<Revoked> {
  const by = { workspace, user: 'watchai' };
  const { told, stopped } = await parts.store.transaction(async (queries) => {
    await lockHead(queries);
    const stopped: Stopped[] = [];
    const stop = async (all: Iterable<number>) => {
      for (const run of all) {
        const one = await stopRun(queries, run, because);
        if (one !== null) stopped.push(one);
      }
    };
    await stop(runs);
    // What they published between the walk over media and their stop; now they can publish nothing more.
    const late = new Map(media);
    const note: Look['note'] = (where, who) => ({
      ...{ workspace: where, person: who, runs: new Set(), cards: new Set() },
      media: where === workspace && who === person ? late : new Map(),
    });
    if (runs.size > 0) await affectedMedia({ ...look, store: queries, note }, [...runs]);
    let made = await lineage(queries, workspace, late);
    // Until nothing runs that could publish more of it.
    for (let before = -1; before < stopped.length; made = await lineage(queries, workspace, late)) {
      before = stopped.length;
      await stop(made.runs);
    }
    const places = await placesOf(queries, workspace, made.hashes);
    const cards = await takeCardsAway(queries, workspace, made.hashes, [...shown]);
    const posts = cards.map(
      ({ surface, group, channel }) => `${group} in the channel ${channel} of ${surface}`,
    );
    const held = await holdMedia(queries, workspace, made, { person, because }, by);
    const groups = stopped.map(({ group }) => group);
    const [who] = await peopleById(queries, [person]);
    const number = await fileRequest(queries, {
      ...{ kind: 'opt out', person, by, said: who?.names[0] ?? '' },
      details: { reason: because, held, stopped: groups, posts, ...places },
    });
    return { told: { person, workspace, request: `r${number}`, held, stopped: groups }, stopped };
  });
  for (const { run, running } of stopped) {
    for (const job of running) parts.news.stop(job);
    parts.news.changed(run);
  }
  return told;
}

/** Who is looked for where, and why. */
export interface Wanted {
  why(person: number, workspace: string): HoldReason['because'] | null;
}

function openWanted(pending: readonly Pending[], people: readonly Person[]): Wanted {
  const known = new Map(people.map((person) => [person.id, person]));
  const reasons = new Map<string, HoldReason['because']>();
  for (const { person, workspace, because } of pending) {
    // Taken back before anybody looked.
    if (because === 'opted out' && known.get(person)?.optedOut !== true) continue;
    reasons.set(`${person} ${workspace ?? ''}`, because);
  }
  return {
    why: (person, workspace) => reasons.get(`${person} `) ?? reasons.get(`${person} ${workspace}`) ?? null,
  };
}
