import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';
import type { Person } from '../../fakes/discord/person.ts';
import { buttonsOf, shown } from '../../fakes/discord/shown.ts';
import { type Channel, permission, type StoredMessage } from '../../fakes/discord/state.ts';
import { putNetwork } from '../../fakes/network-in-home.ts';
import { emptyFolder, type Running, runPql, startPql } from '../repl/spawn-pql.ts';

const environment = (discord: FakeDiscord) => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.api,
});

/** Starts the bot as whoever runs it would, and waits until it listens. */
async function startBot(discord: FakeDiscord, folder: string): Promise<Running> {
  const running = startPql(['bot', 'discord', '--json'], folder, { env: environment(discord) });
  const listens = () => discord.gateway.listening() > 0;
  await expect.poll(listens, { timeout: 60_000, interval: 50, message: running.said().err }).toBe(true);
  return running;
}

/** The message that says this, once it does. */
function says(
  discord: FakeDiscord,
  person: Person,
  channel: Channel,
  pattern: RegExp,
): Promise<StoredMessage> {
  return discord.until(() => person.sees(channel).find((each) => pattern.test(shown(each))), 90_000);
}

/** The artifact with exactly these bytes. */
async function kept(folder: string, bytes: Uint8Array): Promise<Buffer | null> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const all = await readdir(join(folder, 'home/artifacts'), { recursive: true });
  const path = all.find((name) => name.includes(hash));
  return path === undefined ? null : readFile(join(folder, 'home/artifacts', path));
}

const labelled = (message: StoredMessage, label: RegExp) =>
  String(buttonsOf(message).find((each) => label.test(String(each.label)))?.label);

test('is refused in private, asks in a channel, gets the film, enlarges it after a restart, deletes it, and asks moderators', async () => {
  const folder = await emptyFolder();
  await putNetwork(join(folder, 'home'));
  const discord = await fakeDiscord();
  onTestFinished(() => discord[Symbol.asyncDispose]());
  const guild = discord.guild('Films');
  const channel = discord.channel(guild, 'films');
  const ada = discord.person('Ada');
  const bob = discord.person('Bob');
  const allowed = await runPql(['-c', `SET egress.allow "${new URL(discord.api).host}"`], folder);
  expect(allowed.status).toBe(0);
  const first = await startBot(discord, folder);
  expect(first.said().out).toContain('"type":"registered"');

  await ada.types(channel, 'pql', { query: 'TRIM “x” FROM 4' });
  await discord.until(() => /TRIM “x” FROM 4\n[^\n]*\^/.test(ada.reads(channel)));
  expect(bob.sees(channel)).toEqual([]);

  // As a phone types it.
  const query = 'GENERATE “fog & a boat” DURATION 500ms SIZE 96x64 FPS 12fps SEED 5';
  const heard = await ada.types(channel, 'pql', { query });
  expect(heard.type).toBe('message');
  const made = await says(discord, bob, channel, /▣ .*\.mp4, \d+ bytes/);
  expect(shown(made)).toContain('GENERATE "fog & a boat"');
  expect(made.pinged).toEqual([]);
  expect(bob.sees(channel)).toEqual([made]);
  const film = made.files[0]!.bytes;
  expect(await kept(folder, film)).toEqual(film);

  first.process.kill('SIGKILL');
  await first.ended;
  discord.gateway.forget();
  const second = await startBot(discord, folder);
  // The commands are those that Discord has.
  expect(discord.state.commandWrites).toBe(1);

  await ada.presses(made, labelled(made, /Upscale/));
  const enlarged = await says(discord, bob, channel, /ENHANCE v1 UPSCALE 2x[\s\S]*▣ .*\.mp4, \d+ bytes/);
  const larger = enlarged.files[0]!.bytes;
  expect(await kept(folder, larger)).toEqual(larger);
  expect(larger).not.toEqual(film);

  const bytes = await readFile(new URL('../../media/sintel-96x54.mp4', import.meta.url));
  const file = { name: 'sintel.mp4', type: 'video/mp4', bytes };
  await ada.types(channel, 'pql', { query: 'TRIM this FROM 0s UNTIL 500ms', file });
  const trimmed = await says(discord, bob, channel, /TRIM v3[\s\S]*▣ .*\.mp4, \d+ bytes/);

  // Others may look, and no more.
  const refused = await bob.presses(enlarged, labelled(enlarged, /Delete/));
  expect(refused.type === 'message' && refused.message.onlyFor).toBe(bob.id);

  const form = await bob.uses('Report or opt out', made);
  if (form.type !== 'modal') throw new Error(form.type);
  const reported = await bob.submits(channel, form.modal, { name: 'Jane Roe', want: 'report' });
  if (reported.type !== 'message') throw new Error(reported.type);
  expect(reported.message.onlyFor).toBe(bob.id);
  expect(shown(reported.message)).toContain('r1 asks a moderator to look at v1');

  const asked = await ada.presses(enlarged, labelled(enlarged, /Delete/));
  if (asked.type !== 'message') throw new Error(asked.type);
  expect(asked.message.onlyFor).toBe(ada.id);
  await ada.presses(asked.message, labelled(asked.message, /Delete|Remove|Yes/));
  await discord.until(() => !discord.state.messages.has(enlarged.id), 20_000);
  await expect.poll(() => kept(folder, larger), { timeout: 20_000 }).toBeNull();
  expect(bob.sees(channel).filter((each) => each.onlyFor === null)).toEqual([made, trimmed]);

  // Moderators are asked where only they read.
  const root = discord.person('Root', { permissions: 1n << 3n });
  const desk = discord.channel(guild, 'moderators', { private: true });
  const choose = ({ id }: Channel) => root.types(desk, 'pql', { query: `SET consent.channel "<#${id}>"` });
  await choose(channel);
  await says(discord, root, desk, /everybody can read this channel/);
  await choose(desk);
  await says(discord, root, desk, /consent.channel is/);
  const claim = 'CLAIM NAMESAKE "Donald Trump" FOR "Donald Trump the plumber"';
  await ada.types(channel, 'pql', { query: claim });
  const request = await says(discord, root, desk, /Is this another Donald Trump/);
  const moderators = ['Mia', 'Noor'].map((name) =>
    discord.person(name, { permissions: permission.manageMessages }),
  );
  await ada.presses(request, 'Approve');
  await says(discord, ada, desk, /Moderators decide on r\d/);
  await Promise.all(moderators.map((each) => each.presses(request, 'Approve')));
  const told = () => moderators.map((each) => each.reads(desk)).join('\n');
  await discord.until(() => /r\d is approved already\n.* Approved by <@\d+>/.test(told()));
  await discord.until(() => /this text may stand in this workspace/.test(told()));
  await discord.until(() => /r\d · approved/.test(shown(request)) && buttonsOf(request).length === 0);
  expect(root.sees(desk).filter((each) => / · approved/.test(shown(each)))).toEqual([request]);
  expect(request.pinged).toEqual([]);

  second.process.kill('SIGTERM');
  const ended = await second.ended;
  expect({ status: ended.status, err: ended.err }).toEqual({ status: 0, err: '' });
  expect(ended.out).toContain('"type":"gone"');
  const log = await readFile(join(folder, 'home/pql.log'), 'utf8').catch(() => '');
  expect(ended.out + ended.err + log).not.toContain(discord.token);
});

test('says where the bot is invited, and what is wrong with a token, without showing it', async () => {
  const folder = await emptyFolder();
  const discord = await fakeDiscord();
  onTestFinished(() => discord[Symbol.asyncDispose]());
  const env = environment(discord);
  const invite = await runPql(['bot', 'discord', '--invite'], folder, { env });
  expect(invite.out).toContain(
    `client_id=${discord.application}&scope=bot+applications.commands&permissions=`,
  );
  const wrong = { ...env, DISCORD_TOKEN: `${discord.token}x` };
  const [refused, odd] = await Promise.all([
    runPql(['bot', 'discord'], folder, { env: wrong }),
    runPql(['bot', 'discord', '--shard', '2/2'], folder, { env }),
  ]);
  expect(refused.status).toBe(2);
  expect(refused.err).toContain('set DISCORD_TOKEN');
  expect(odd.err).toContain('--shard 2/2 is no shard');
  expect(refused.out + refused.err).not.toContain(discord.token);
});
