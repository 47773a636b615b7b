import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createCarry } from '../../../bots/delivery/carry.ts';
import { broughtAhead, everywhere, type Surface } from '../../../bots/presenter/surface.ts';
import { openClient } from '../../../bots/slack/clients.ts';
import { createMembers } from '../../../bots/slack/names.ts';
import { createPace } from '../../../bots/slack/pace.ts';
import { createSurface } from '../../../bots/slack/surface.ts';
import { openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { type Carry, startDelivery } from '../../../engine/delivery/deliver.ts';
import { openRoom } from '../../../engine/delivery/room.ts';
import { settle } from '../../../engine/jobs/run-row.ts';
import { openLog } from '../../../engine/log.ts';
import { lockWorkspace } from '../../../engine/media.ts';
import { openTogether } from '../../../engine/opened.ts';
import type { Store } from '../../../engine/store/port.ts';
import { fakeChat } from '../chat.ts';
import { plainPresenter, putFilm } from '../finished-card.ts';
import { quietLogger } from './quiet-logger.ts';
import { type FakeSlack, fakeSlack } from './slack.ts';
import type { Channel } from './team.ts';

export interface Rush {
  /** Runs that end at the same moment, their cards in so many channels by turns. */
  runs: number;
  channels: number;
  /** How much faster time passes. */
  speed: number;
  /** Milliseconds until Slack shows a file that is complete. */
  shareDelay: number;
}

/** What came of it; times are those of Slack's clock. */
export interface Rushed {
  /** Seconds until the last film was there and the last card that ran was gone. */
  took: number;
  /** Seconds until each film was there, in the order in which they came. */
  films: number[];
  /** Seconds until each card said that its run is done, the film's own included, in order. */
  known: number[];
  /** For each channel the numbers of the runs, as their films stand in it. */
  order: number[][];
  /** How often Slack said that there were too many requests. */
  turnedAway: number;
  /** Calls by method. */
  calls: Map<string, number>;
  /** Files that were completed while the one before in their channel was not known to be seen, and those that were begun to be uploaded meanwhile. */
  meanwhile: { completed: number; begun: number };
}

/** Delivers what many runs come to at once, at the limits of a real workspace: the real outbox, delivery and surface, and time that passes faster. */
export async function rush(store: Store, { runs, channels, speed, shareDelay }: Rush): Promise<Rushed> {
  return openTogether(async (opened) => {
    const folder = await mkdtemp(join(tmpdir(), 'watchai-rush-'));
    opened.add({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
    const artifacts = opened.add(await openDiskArtifacts(join(folder, 'artifacts')));
    const slack = opened.add(await fakeSlack({ limits: true, speed, uploads: 'counted' }));
    slack.shareDelay = shareDelay;
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    const film = await putFilm(store, artifacts, folder, randomBytes(20_000));
    const places = Array.from({ length: channels }, (_, index) => slack.channel(`c${index}`));
    slack.team.people.set('U7', { id: 'U7', name: 'Ada', admin: false });
    const cards = await putCards(store, film.hash, runs, places, slack);
    const clock = {
      now: () => slack.team.now(),
      sleep: (milliseconds: number, signal?: AbortSignal) =>
        sleep(milliseconds / speed, undefined, signal === undefined ? {} : { signal }),
    };
    const pacing = { pace: createPace(clock.now), clock };
    const client = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger, pacing);
    const member = createMembers(client, { now: clock.now });
    const editing = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger, { ...pacing, share: 0.8 });
    const surface = createSurface({ client, editing, member, clock });
    const carry = createCarry({
      ...{ store, artifacts, scratch, publicUrl: null, presenter: plainPresenter(store) },
      ...{ surfaces: everywhere(surface), room: openRoom(128e6) },
    });
    const log = openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now });
    const said = new Map<string, number>();
    const keeping = opened.add(await keepCards(store, surface, clock.now, said));
    keeping.ended();
    await store.transaction(async (queries) => {
      for (const { run } of cards) await settle(queries, run);
    });
    const begun = clock.now();
    opened.add(
      startDelivery(store, { surface: 'slack', carry: faster(carry, speed), log, ahead: broughtAhead }),
    );
    for (let left = runs; left > 0; ) {
      await sleep(20);
      [{ left }] = (await store.query(
        `select count(*) as left from outbox where state in ('waiting', 'sending')`,
      )) as [{ left: number }];
    }
    const took = (clock.now() - begun) / 1000;
    const rushed = { took, ...seen(slack, places, begun, cards, said) };
    await opened[Symbol.asyncDispose]();
    return rushed;
  });
}

/** What a chat asks for is in its own time. */
function faster(carry: Carry, speed: number): Carry {
  return async (...given) => {
    const carried = await carry(...given);
    if (carried.how !== 'later' || carried.after === null) return carried;
    return { ...carried, after: carried.after / speed };
  };
}

function seen(
  slack: FakeSlack,
  places: readonly Channel[],
  begun: number,
  cards: readonly PutCard[],
  said: ReadonlyMap<string, number>,
): Omit<Rushed, 'took'> {
  const { messages } = slack.team;
  const calls = new Map<string, number>();
  for (const { method } of slack.calls) calls.set(method, (calls.get(method) ?? 0) + 1);
  const numberOf = (message: { blocks: unknown[] }) =>
    Number(/\bg(\d+) · done/.exec(JSON.stringify(message.blocks))?.[1]);
  const films = messages.filter(({ files }) => files.length > 0);
  const shown = new Map(films.map((message) => [numberOf(message), Number(message.ts) * 1000]));
  return {
    films: films.map(({ ts }) => Number(ts) - begun / 1000).sort((one, other) => one - other),
    known: cards
      .map(({ number, ts }) => ((said.get(ts) ?? shown.get(number) ?? Number.NaN) - begun) / 1000)
      .sort((one, other) => one - other),
    order: places.map(({ id }) => messages.filter(({ channel }) => channel === id).map(numberOf)),
    turnedAway: slack.calls.filter(({ answer }) => answer === null).length,
    calls,
    meanwhile: meanwhile(slack),
  };
}

function meanwhile({ calls }: FakeSlack): Rushed['meanwhile'] {
  const unseen = new Map<string, string>();
  const counts = { completed: 0, begun: 0 };
  for (const { method, args, answer } of calls) {
    if (answer === null) continue;
    if (method === 'files.getUploadURLExternal' && unseen.size > 0) counts.begun++;
    if (method === 'files.completeUploadExternal') {
      const channel = String(args.channel_id);
      if ([...unseen.values()].includes(channel)) counts.completed++;
      for (const { id } of args.files as { id: string }[]) unseen.set(id, channel);
    }
    if (method === 'files.info' && 'shares' in (answer.file as object)) unseen.delete(String(args.file));
  }
  return counts;
}

/** Keeps the cards as a bot does, who has drawn all of them when their runs end. */
async function keepCards(
  store: Store,
  surface: Surface,
  now: () => number,
  said: Map<string, number>,
): Promise<AsyncDisposable & { ended(): void }> {
  let running = true;
  const drawn = new Set<string>();
  const stop = new AbortController();
  const { presenter } = await fakeChat(store, 'rush', { now: () => new Date(now()) });
  const here: Surface = {
    ...surface,
    async edit(posted, view, signal) {
      if (running) return void drawn.add(posted.message);
      await surface.edit(posted, view, signal);
      said.set(posted.message, now());
    },
  };
  const kept = presenter.keep(everywhere(here), { every: () => 100, inLine: 10 }, stop.signal);
  const [{ cards }] = (await store.query('select count(*) as cards from cards')) as [{ cards: number }];
  while (drawn.size < cards) await sleep(20);
  return {
    ended() {
      running = false;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await kept;
    },
  };
}

/** A card of a run. */
interface PutCard {
  run: number;
  number: number;
  ts: string;
}

/** Cards of runs that are at work, all to show one film; each stands in its channel. */
async function putCards(
  store: Store,
  hash: string,
  runs: number,
  places: readonly Channel[],
  { team }: FakeSlack,
): Promise<PutCard[]> {
  const cards = Array.from({ length: runs }, (_, index) => {
    const channel = places[index % places.length]!.id;
    const ts = team.ts();
    const empty = { thread: null, blocks: [], metadata: null, files: [], onlyFor: null, before: [] };
    team.messages.push({ ...empty, channel, ts, user: team.bot.user, text: `g${index + 1} · running` });
    return { number: index + 1, channel, ts };
  });
  await lockWorkspace(store, 'w');
  const made = await store.query<{ id: number }>(
    `insert into runs (workspace, number, source, asker) select 'w', n, '', '{}' from generate_series(1, $1::integer) as n
     returning id`,
    [runs],
  );
  await store.query(
    `insert into cards (surface, workspace, run_id, "group", pql, asker, interaction, channel, posted, file_limit)
     select 'slack', 'w', runs.id, 'g' || card.number, $1, 'slack:U7', 'rush ' || card.number, channel,
            jsonb_build_array(jsonb_build_object('channel', channel, 'thread', null, 'message', ts)), 20000000
     from jsonb_to_recordset($2::jsonb) as card(number integer, channel text, ts text) join runs on runs.number = card.number
     order by card.number`,
    [hash, JSON.stringify(cards)],
  );
  return cards.map(({ number, ts }, index) => ({ number, ts, run: made[index]!.id }));
}
