import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { createCarry } from '../../../bots/delivery/carry.ts';
import { broughtAhead, everywhere } from '../../../bots/presenter/surface.ts';
import { openClient } from '../../../bots/slack/clients.ts';
import { createMembers } from '../../../bots/slack/names.ts';
import { createSurface } from '../../../bots/slack/surface.ts';
import { openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { startDelivery } from '../../../engine/delivery/deliver.ts';
import { openRoom } from '../../../engine/delivery/room.ts';
import { openLog } from '../../../engine/log.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { endedCard, plainPresenter, putFilm } from '../../fakes/finished-card.ts';
import { quietLogger } from '../../fakes/slack/quiet-logger.ts';
import { fakeSlack } from '../../fakes/slack/slack.ts';

const soon = { timeout: 20_000 };

/** A Slack, a store, and what delivers from one to the other. */
async function openAll() {
  const folder = await mkdtemp(join(tmpdir(), 'pql-ahead-'));
  const store = await openMemoryStore();
  const artifacts = await openDiskArtifacts(join(folder, 'artifacts'));
  const slack = await fakeSlack();
  const channel = slack.channel('films');
  const client = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger);
  const surface = createSurface({
    ...{ client, editing: client, member: createMembers(client, { now: Date.now }) },
  });
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const carry = createCarry({
    ...{ store, artifacts, scratch, publicUrl: null, presenter: plainPresenter(store) },
    ...{ surfaces: everywhere(surface), room: openRoom(100e6) },
  });
  const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
  const deliver = () =>
    startDelivery(store, { surface: 'slack', carry, log, look: 20, grace: 0, ahead: broughtAhead });
  onTestFinished(async () => {
    await slack[Symbol.asyncDispose]();
    await artifacts[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  /** A card of a run that has just ended with a film of its own. */
  const ended = async () => {
    const { hash } = await putFilm(store, artifacts, folder, randomBytes(20_000));
    const ts = slack.team.ts();
    const empty = { thread: null, blocks: [], metadata: null, files: [], onlyFor: null, before: [] };
    slack.team.messages.push({
      ...empty,
      channel: channel.id,
      ts,
      user: slack.team.bot.user,
      text: 'running',
    });
    return { hash, ts, card: await endedCard(store, { hash, channel: channel.id, posted: ts }) };
  };
  const states = async () =>
    (await store.query<{ state: string }>('select state from outbox order by turn')).map(
      ({ state }) => state,
    );
  const stands = () => slack.team.messages.map(({ ts, files }) => (files.length > 0 ? 'film' : ts));
  return { store, slack, deliver, ended, states, stands };
}

test('a card that cannot be taken away holds no film up, goes later, and its film is brought once', async () => {
  const { store, slack, deliver, ended, states, stands } = await openAll();
  const [first] = [await ended(), await ended()];
  slack.faults.add('chat.delete', { type: 'limited', seconds: 3600 });
  const loop = deliver();
  await expect.poll(states, soon).toEqual(['waiting', 'sent']);
  expect(stands()).toEqual([first.ts, 'film', 'film']);
  // Its buttons are asked for by where it stands.
  const [card] = await store.query<{ posted: { message: string }[] }>(
    'select posted from cards where id = $1',
    [first.card],
  );
  expect(card!.posted.map(({ message }) => message)).toEqual([first.ts, slack.team.messages[1]!.ts]);
  await store.query('update outbox set not_before = now()');
  await expect.poll(states, soon).toEqual(['sent', 'sent']);
  expect(stands()).toEqual(['film', 'film']);
  expect(slack.uploads).toHaveLength(2);
  await loop[Symbol.asyncDispose]();
});

test('what was uploaded ahead of its turn is gone on with by the next process, and shows what the card says by then', async () => {
  const { store, slack, deliver, ended, states, stands } = await openAll();
  await ended();
  const second = await ended();
  // The first is never seen, so that the turn of the second does not come.
  slack.shareDelay = 60_000;
  const killed = deliver();
  await expect.poll(() => slack.uploads.length, soon).toBe(2);
  await expect
    .poll(() => slack.calls.filter(({ method }) => method === 'files.completeUploadExternal').length, soon)
    .toBe(1);
  await killed[Symbol.asyncDispose]();
  expect(await states()).toEqual(['waiting', 'waiting']);
  await store.query(`delete from media where hash = $1`, [second.hash]);
  slack.shareDelay = 0;
  for (const file of slack.team.files.values()) for (const share of file.shares) share.at = 0;
  const loop = deliver();
  await expect.poll(states, soon).toEqual(['sent', 'sent']);
  await loop[Symbol.asyncDispose]();
  // What was removed meanwhile is not shown, although it was uploaded.
  expect(stands()).toEqual([second.ts, 'film']);
  expect(slack.uploads).toHaveLength(2);
});
