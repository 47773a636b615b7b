import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { chatCommands, messageCommands } from '../../../bots/presenter/commands.ts';
import type { Surface } from '../../../bots/presenter/surface.ts';
import { startSlackBot } from '../../../bots/slack/bot.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { readCard } from '../../../engine/cards/cards.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import type { Failure } from '../../../engine/failure.ts';
import { fail } from '../../../engine/jobs/fail.ts';
import type { Store } from '../../../engine/store/port.ts';
import { steps } from '../../contracts/surface.ts';
import { type FakeChat, fakeChat } from '../../fakes/chat.ts';
import { publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { fakeDiscord } from '../../fakes/discord/discord.ts';
import { shown } from '../../fakes/discord/shown.ts';
import { exactNames } from '../../fakes/exact-names.ts';
import { quietLogger } from '../../fakes/slack/quiet-logger.ts';
import { oneTeam } from '../../fakes/slack/scripted-bot.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';
import { openBot } from '../discord/open-bot.ts';

let store: Store;
let chats = 0;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store[Symbol.asyncDispose]());

/** A process with a presenter of its own. */
const open = () =>
  fakeChat(store, `process ${++chats}`, {
    consent: openConsent(store, { catalogue, createFinder: exactNames }),
  });

/** Consent changes, and a worker comes to the only run that waits; its card says its last view. */
async function refuse({ parts, presenter, take }: FakeChat, name: string, surface: Surface): Promise<void> {
  const job = await take();
  await publicFigure(store, name);
  const refused = await parts.consent!.admit(job).catch((error: unknown) => error);
  await fail(parts, job, refused as Failure);
  const [{ id }] = (await store.query('select id from cards where run_id = $1', [job.run])) as [
    { id: number },
  ];
  await expect.poll(async () => (await readCard(store, id))?.posted.length).toBe(1);
  const card = await readCard(store, id);
  await surface.finish(card!.posted.at(-1)!, (await presenter.view(id))!, null, 'done', steps());
}

test('in Discord, the card of a run that was refused late asks who else is meant, after a restart', async () => {
  const discord = await fakeDiscord();
  onTestFinished(() => discord[Symbol.asyncDispose]());
  const [ann, bob] = [discord.person('Ann'), discord.person('Bob')];
  const channel = discord.channel(discord.guild('Films'), 'general');
  const first = await open();
  const bot = await openBot(discord, first.presenter);
  await ann.types(channel, 'pql', { query: 'GENERATE "Kim Newly at sea"' });
  const card = await discord.until(() => bob.sees(channel)[0]);
  await discord.until(() => /waiting/.test(shown(card)));
  await refuse(first, 'Kim Newly', bot.surface);
  expect(shown(card)).toContain('Kim Newly is a public figure who gave no leave here');
  await bot[Symbol.asyncDispose]();

  const again = await openBot(discord, (await open()).presenter);
  onTestFinished(() => again[Symbol.asyncDispose]());
  const no = await bob.presses(card, 'Claim a namesake');
  expect(no.type === 'message' && shown(no.message)).toContain('Only who asked, and moderators');
  const asked = await ann.presses(card, 'Claim a namesake');
  if (asked.type !== 'modal') throw new Error(asked.type);
  const told = await ann.submits(channel, asked.modal, { Because: 'my aunt' });
  expect(told.type === 'message' && shown(told.message)).toContain('asks a moderator');
  expect(again.broke).toEqual([]);
});

test('in Slack, the card of a run that was refused late asks who else is meant, after a restart', async () => {
  const slack = await fakeSlack();
  onTestFinished(() => slack[Symbol.asyncDispose]());
  const [ada, bob] = [slack.person('Ada'), slack.person('Bob')];
  const channel = slack.channel('films');
  const first = await open();
  const bot = await slackBot(slack, first);
  await ada.types(channel, 'GENERATE "Lee Newly at sea"');
  await expect.poll(() => ada.sees(channel)[0]?.text).toContain('waiting');
  await refuse(first, 'Lee Newly', bot.surfaces.in(`slack:${slack.team.id}`));
  expect(ada.sees(channel)[0]?.text).toContain('Lee Newly is a public figure who gave no leave here');
  await bot.stop(0);

  const again = await slackBot(slack, await open());
  onTestFinished(() => again.stop(0));
  await bob.presses(channel, 'Claim a namesake');
  await expect.poll(() => bob.sees(channel).at(-1)?.text).toContain('Only who asked, and moderators');
  await ada.presses(channel, 'Claim a namesake');
  await expect.poll(() => ada.window()?.title).toBe('Claim namesake');
  await ada.sends({ Because: 'my aunt' });
  await expect
    .poll(() => ada.sees(channel).at(-1))
    .toMatchObject({
      alone: true,
      text: expect.stringContaining('asks a moderator'),
    });
});

async function slackBot(slack: FakeSlack, { presenter }: FakeChat) {
  const bot = await startSlackBot({
    way: { type: 'http', signingSecret: slack.team.tokens.secret, host: '127.0.0.1', port: 0 },
    where: await oneTeam(slack),
    ...{ apiUrl: slack.apiUrl, presenter, messageCommands, logger: quietLogger, now: Date.now },
    commands: chatCommands(catalogue),
    trouble: (message, cause) => {
      throw new Error(message, { cause });
    },
  });
  slack.sender.address = bot.address;
  return bot;
}
