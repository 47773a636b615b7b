import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { expect, test } from 'vitest';

import { openRest } from '../../../bots/discord/open-rest.ts';
import { openSurface } from '../../../bots/discord/surface.ts';
import { createTokens } from '../../../bots/discord/tokens.ts';
import type { Place } from '../../../bots/presenter/ask.ts';
import { describeSurface, fileOf, type Ground, type SeenCard, steps, view } from '../../contracts/surface.ts';
import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';
import { everyComponent, kind } from '../../fakes/discord/limits/components.ts';
import { renderMarkdown } from '../../fakes/discord/markdown.ts';
import type { Person } from '../../fakes/discord/person.ts';
import { buttonsOf } from '../../fakes/discord/shown.ts';
import { type Channel, permission, type StoredMessage } from '../../fakes/discord/state.ts';

interface DiscordGround extends Ground {
  discord: FakeDiscord;
  channel: Channel;
  ann: Person;
}

describeSurface('Discord', openGround);

async function openGround(): Promise<DiscordGround> {
  const discord = await fakeDiscord();
  const guild = discord.guild('Films');
  const channel = discord.channel(guild, 'general');
  const ann = discord.person('Ann');
  const rest = openRest(discord.api, discord.token);
  const surface = openSurface(rest, discord.application, createTokens(discord.state.now));
  const placeIn = ({ id }: { id: string }): Place => ({ channel: id, thread: null, message: null });
  const routes = {
    post: ['POST', /^\/channels\/\d+\/messages$/],
    edit: ['PATCH', /^\/channels\/\d+\/messages\/\d+$/],
    finish: ['PATCH', /^\/channels\/\d+\/messages\/\d+$/],
  } as const;
  return {
    discord,
    channel,
    ann,
    surface,
    place: placeIn(channel),
    user: ann.id,
    seen: () => ann.sees(channel).map(seenCard),
    seenAlone: () => {
      const direct = discord.directWith(ann);
      return direct === null ? [] : ann.sees(direct).map(seenCard);
    },
    workspace: `discord:${guild.id}`,
    quiet: () => placeIn(discord.channel(guild, 'moderators', { private: true })),
    closed: () => placeIn(discord.channel(guild, 'closed', { permissions: permission.view })),
    deleted: () => ({ ...placeIn({ id: discord.state.snowflake() }) }),
    clear: () => discord.state.messages.clear(),
    fail(call, how, seconds = 1) {
      const [method, path] = routes[call];
      // Twice: the first time is tried again by the client itself.
      if (how === 'lost') discord.faults.next(method, path, 'lost', 2);
      if (how === 'down') discord.faults.next(method, path, { status: 502 }, 2);
      if (how === 'limited') discord.faults.next(method, path, { status: 429, retryAfter: seconds - 0.05 });
    },
    [Symbol.asyncDispose]: () => discord[Symbol.asyncDispose](),
  };
}

function seenCard(message: StoredMessage): SeenCard {
  const texts = everyComponent(message.components).filter((each) => each.type === kind.text);
  return {
    text: texts.map((each) => renderMarkdown(String(each.content)).text).join('\n'),
    buttons: buttonsOf(message).map((each) => String(each.label)),
    pings: message.pinged,
    files: message.files,
  };
}

async function withGround(run: (ground: DiscordGround) => Promise<void>): Promise<void> {
  const ground = await openGround();
  try {
    await run(ground);
  } finally {
    await ground[Symbol.asyncDispose]();
  }
}

test('finds a card again although it was edited, among hundreds of other messages', () =>
  withGround(async ({ surface, place, channel, ann }) => {
    for (let at = 0; at < 150; at++) ann.says(channel, `before ${at}`);
    const posted = await surface.post(place, view(), 'card-7');
    await surface.edit(posted, view({ title: 'g7 · running' }));
    for (let at = 0; at < 150; at++) ann.says(channel, `after ${at}`);
    expect(await surface.find(place, 'card-7')).toEqual(posted);
    expect(await surface.find(place, 'card-8')).toBeNull();
  }));

test('posts once in a channel whose messages it may not read, since the nonce is enforced', () =>
  withGround(async ({ surface, discord, ann }) => {
    const permissions = permission.view | permission.send;
    const channel = discord.channel([...discord.state.guilds.values()][0]!, 'unread', { permissions });
    const place = { channel: channel.id, thread: null, message: null };
    const first = await surface.post(place, view(), 'card-7');
    expect(await surface.post(place, view(), 'card-7')).toEqual(first);
    expect(ann.sees(channel)).toHaveLength(1);
  }));

test('says a file is too large, and what would have to be allowed to attach one', async () =>
  withGround(async ({ surface, discord, place, channel }) => {
    const folder = await mkdtemp(join(tmpdir(), 'watchai-surface-'));
    try {
      const posted = await surface.post(place, view(), 'card-7');
      const { file } = await fileOf(folder, 11 * 2 ** 20);
      const large = surface.finish(posted, view(), file, 'end-7', steps());
      await expect(large).rejects.toMatchObject({ trouble: { kind: 'too large' } });
      channel.permissions &= ~permission.attach;
      const forbidden = surface.finish(posted, view(), (await fileOf(folder, 10)).file, 'end-7', steps());
      await expect(forbidden).rejects.toMatchObject({
        trouble: { kind: 'forbidden', words: 'attach files in this channel' },
      });
      expect(discord.state.messages.get(posted.message)?.files).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }));

test('attaches a film whichever client of HTTP the process loaded first', () =>
  withGround(async ({ surface, discord, place }) => {
    const folder = await mkdtemp(join(tmpdir(), 'watchai-surface-'));
    const before = getGlobalDispatcher();
    // What loading the egress door before discord.js comes to.
    setGlobalDispatcher(new Agent());
    try {
      const posted = await surface.post(place, view(), 'card-7');
      await surface.finish(posted, view(), (await fileOf(folder, 10)).file, 'end-7', steps());
      expect(discord.state.messages.get(posted.message)?.files).toHaveLength(1);
    } finally {
      setGlobalDispatcher(before);
      await rm(folder, { recursive: true });
    }
  }));

test('gives a file a name that Discord keeps, whatever it is called', () =>
  withGround(async ({ surface, discord, place }) => {
    const folder = await mkdtemp(join(tmpdir(), 'watchai-surface-'));
    try {
      const { file } = await fileOf(folder, 10);
      for (const name of ['Nebel über Köln (2).mp4', '../../etc/passwd', '雾.webm', '…', 'a'.repeat(300)]) {
        const posted = await surface.post(place, view(), `card-${name.length}`);
        await surface.finish(posted, view(), { ...file, name }, 'end-7', steps());
        expect(discord.state.messages.get(posted.message)?.files).toHaveLength(1);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }));

test('says that somebody who takes no messages cannot be told', () =>
  withGround(async ({ surface, discord, place }) => {
    const shy = discord.person('Shy', { takesDirect: false });
    await expect(surface.tell(shy.id, place, view())).rejects.toMatchObject({
      trouble: { kind: 'forbidden', words: 'write to this person' },
    });
  }));

test('takes no channel of another server, and none that is no text channel', () =>
  withGround(async ({ discord, surface, channel }) => {
    const other = discord.guild('Elsewhere');
    await expect(surface.look(`discord:${other.id}`, channel.id)).rejects.toMatchObject({
      trouble: { kind: 'gone' },
    });
    const thread = discord.channel(other, 'thread', { type: 11 });
    await expect(surface.look(`discord:${other.id}`, thread.id)).rejects.toMatchObject({
      trouble: { kind: 'refused', words: 'it is no text channel' },
    });
  }));
