import { afterAll, beforeAll, expect, test } from 'vitest';

import { declare } from '../../../bots/discord/declare.ts';
import { openRest } from '../../../bots/discord/open-rest.ts';
import { inviteLink } from '../../../bots/discord/permissions.ts';
import { register } from '../../../bots/discord/register.ts';
import { chatCommands, messageCommands } from '../../../bots/presenter/commands.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';
import { checkCommands } from '../../fakes/discord/limits/commands.ts';

let discord: FakeDiscord;
beforeAll(async () => {
  discord = await fakeDiscord();
});
afterAll(() => discord[Symbol.asyncDispose]());

const declared = declare(chatCommands(catalogue), messageCommands);

test('the commands of the catalogue keep to the limits of Discord', () => {
  checkCommands(declared as unknown as Parameters<typeof checkCommands>[0]);
  expect(declared.map(({ name }) => name)).toContain('pql');
});

test('writes the commands once, says what changed, and writes nothing that is there', async () => {
  const rest = openRest(discord.api, discord.token);
  const first = await register(rest, discord.application, declared);
  expect(first.diff).toEqual(
    declared.map((each) => (each.type === 3 ? `+ ${each.name}` : `+ /${each.name}`)),
  );
  expect(await register(rest, discord.application, declared)).toEqual({ changed: false, diff: [] });
  expect(discord.state.commandWrites).toBe(1);

  const [pql, ...others] = declare(chatCommands(catalogue), messageCommands);
  const changed = { ...pql!, description: 'something else' };
  const second = await register(rest, discord.application, [changed, ...others.slice(1)]);
  expect(second.diff).toEqual([`- /${others[0]!.name}`, '~ /pql: description']);

  // Somebody else wrote there: what counts is what Discord has.
  discord.state.commands = [];
  expect((await register(rest, discord.application, declared)).changed).toBe(true);
  expect(discord.state.commandWrites).toBe(3);
});

test('the invite link asks for what the bot needs and no more', () => {
  const link = new URL(inviteLink('812345678901234567'));
  expect(link.searchParams.get('scope')).toBe('bot applications.commands');
  // View Channels, Send Messages, Attach Files, Read Message History, Send Messages in Threads.
  expect(BigInt(link.searchParams.get('permissions')!)).toBe(
    (1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 38n),
  );
});
