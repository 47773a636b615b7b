import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { botScopes } from '../../../bots/slack/scopes.ts';
import type { OpenToMany } from '../../../bots/slack/where.ts';
import { type Installations, openInstallations } from '../../../engine/installations/installations.ts';
import type { Store } from '../../../engine/store/port.ts';
import { view } from '../../contracts/surface.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { type Browser, openBrowser } from '../../fakes/slack/browser.ts';
import { type ScriptedBot, scriptedBot } from '../../fakes/slack/scripted-bot.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';
import type { Workspace } from '../../fakes/slack/workspace.ts';

const publicUrl = 'https://films.example';
let store: Store;
let installations: Installations;
let slack: FakeSlack;
let bot: ScriptedBot;
let harbour: Workspace;
let valley: Workspace;
let app: OpenToMany;

beforeAll(async () => {
  store = await openMemoryStore();
});
beforeEach(async () => {
  await store.script('truncate slack_installations');
  installations = openInstallations(store, 'a secret');
  slack = await fakeSlack({ scopes: [] });
  slack.app.redirectUrls.push(`${publicUrl}/slack/oauth_redirect`);
  [harbour, valley] = [slack.workspace('harbour'), slack.workspace('valley')];
  const { clientId, clientSecret } = slack.app;
  app = { clientId, clientSecret, stateSecret: 'of the state', publicUrl, installations, openTo: null };
  bot = await scriptedBot(slack, () => ({ type: 'accepted', card: 7, view: view() }), { app });
});
afterEach(async () => {
  await bot.stop(1000);
  await slack[Symbol.asyncDispose]();
});
afterAll(() => store[Symbol.asyncDispose]());

const browser = (): Browser => openBrowser(slack.app, bot.address!, new URL(slack.apiUrl).origin);
const place = (channel: { id: string }) => ({ channel: channel.id, thread: null, message: null });
const installed = async () => (await installations.all()).map(({ name }) => name);
const posts = () => slack.calls.filter(({ method }) => method === 'chat.postMessage');

test('is installed by a button, asks for its scopes and no more, and answers in each workspace as its own bot', async () => {
  for (const workspace of [harbour, valley]) {
    workspace.person('Admin');
    const page = await browser().installs(workspace);
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining(`WatchAI is in ${workspace.team.domain}`),
    ]);
    expect([...workspace.team.scopes]).toEqual(Object.keys(botScopes));
  }
  for (const workspace of [harbour, valley]) {
    const ada = workspace.person('Ada');
    const channel = workspace.channel('films');
    await ada.types(channel, 'GENERATE "fog"');
    await expect.poll(() => ada.sees(channel).length).toBe(1);
    expect(bot.asks.at(-1)?.asker).toMatchObject({
      workspace: `slack:${workspace.team.id}`,
      user: `slack:${ada.id}`,
    });
  }
  expect(posts().map(({ team }) => team)).toEqual([harbour.team.id, valley.team.id]);
  const rows = JSON.stringify(await store.query('select * from slack_installations'));
  for (const { team } of [harbour, valley]) expect(rows).not.toContain(team.tokens.bot);
  expect(bot.troubles).toEqual([]);
});

test('brings what nobody just asked for to a workspace by the token of that one, and of no other', async () => {
  await browser().installs(harbour);
  await browser().installs(valley);
  const channel = valley.channel('films');
  const there = bot.surfaces.in(`slack:${valley.team.id}`);
  const posted = await there.post(place(channel), view(), 'card-1');
  await there.edit(posted, view({ title: 'g7 · running' }));
  expect(valley.person('Bob').sees(channel)).toMatchObject([
    { text: expect.stringContaining('g7 · running') },
  ]);
  const elsewhere = bot.surfaces.in(`slack:${harbour.team.id}`);
  await expect(elsewhere.post(place(channel), view(), 'card-2')).rejects.toThrow('type /invite');
  await expect(elsewhere.edit(posted, view())).rejects.toThrow('gone');
});

test('says to a workspace without it that it is not installed there', async () => {
  await browser().installs(harbour);
  const eve = valley.person('Eve');
  const channel = valley.channel('films');
  expect(await eve.types(channel, 'SHOW VIDEOS')).toMatchObject({ acknowledged: true });
  await expect
    .poll(() => eve.sees(channel))
    .toMatchObject([{ alone: true, text: expect.stringMatching(/not installed/) }]);
  expect(bot.asks).toEqual([]);
});

test('forgets a workspace that takes it out, and waits with what is to be brought there', async () => {
  await browser().installs(harbour);
  await browser().installs(valley);
  await harbour.takesOut();
  await expect.poll(installed).toEqual(['valley']);
  const there = bot.surfaces.in(`slack:${harbour.team.id}`);
  await expect
    .poll(() => there.post(place(harbour.channel('films')), view(), 'card-1').catch((error) => error.trouble))
    .toEqual({ kind: 'later', after: 3600 });
  // Installed anew it has another token, which is used at once.
  await browser().installs(harbour);
  await there.post(place(harbour.channel('films')), view(), 'card-1');
  // And what tells of the first time comes again.
  await harbour.tells({ type: 'app_uninstalled' });
  await harbour.tells({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } });
  await expect
    .poll(
      () =>
        slack.calls.filter(({ method, team }) => method === 'auth.test' && team === harbour.team.id).length,
    )
    .toBeGreaterThan(3);
  expect(await installed()).toEqual(['harbour', 'valley']);
  expect(bot.troubles).toEqual([]);
});

test('forgets a workspace of which nobody told that it took the app out, when its token is next refused', async () => {
  await browser().installs(harbour);
  await harbour.takesOut({ quiet: true });
  const there = bot.surfaces.in(`slack:${harbour.team.id}`);
  await expect(there.post(place(harbour.channel('films')), view(), 'card-1')).rejects.toThrow('later');
  await expect.poll(installed).toEqual([]);
});

test('takes no answer of Slack in a browser that did not ask, nor one twice', async () => {
  const [ours, theirs] = [browser(), browser()];
  const link = (await ours.open('/slack/install')).links.get('Add to Slack')!;
  const back = new URL(ours.answers(link, harbour));
  const path = `${back.pathname}${back.search}`;
  await theirs.open('/slack/install');
  expect(await theirs.open(path)).toMatchObject({
    status: 400,
    text: expect.stringMatching(/belongs to another browser/),
  });
  const other = new URLSearchParams({ code: back.searchParams.get('code')!, state: 'made up' });
  expect(await ours.open(`/slack/oauth_redirect?${other}`)).toMatchObject({ status: 400 });
  expect(await ours.open('/slack/oauth_redirect?code=x')).toMatchObject({ status: 400 });
  expect(await installed()).toEqual([]);
  await ours.open('/slack/install');
  expect(await ours.open(path)).toMatchObject({ status: 400 });
  expect(await ours.installs(harbour)).toMatchObject({ status: 200 });
  expect(await ours.open(path)).toMatchObject({ status: 400 });
});

test('is not installed in a whole organisation, and gives the token back', async () => {
  const page = await browser().installs(harbour, { org: true });
  expect([page.status, page.text]).toEqual([403, expect.stringContaining('one workspace at a time')]);
  expect(harbour.team.dead.get(harbour.team.tokens.bot)).toBe('token_revoked');
  expect(await installed()).toEqual([]);
});

test('is installed and used only where it is open to, where whoever runs it has named that', async () => {
  await browser().installs(valley);
  await bot.stop(1000);
  const script = () => ({ type: 'accepted', card: 7, view: view() }) as const;
  bot = await scriptedBot(slack, script, { app: { ...app, openTo: [harbour.team.id] } });
  expect((await browser().open('/slack/install')).text).toContain('open to the workspaces that');
  expect(await browser().installs(harbour)).toMatchObject({ status: 200 });
  const eve = valley.person('Eve');
  const channel = valley.channel('films');
  const refused = expect.stringMatching(/^I am not open to your workspace\. Whoever runs me/);
  expect(await eve.types(channel, 'SHOW VIDEOS')).toMatchObject({ acknowledged: true });
  await expect.poll(() => eve.sees(channel)).toMatchObject([{ alone: true, text: refused }]);
  expect(bot.asks).toEqual([]);
  // What it asked for before waits, in case it is named.
  await expect(
    bot.surfaces.in(`slack:${valley.team.id}`).post(place(channel), view(), 'card-1'),
  ).rejects.toMatchObject({ trouble: { kind: 'later' } });
  const page = await browser().installs(valley);
  expect([page.status, page.text]).toEqual([403, expect.stringContaining('is not open to valley')]);
  expect(valley.team.dead.get(valley.team.tokens.bot)).toBe('token_revoked');
  await valley.tells({ type: 'app_uninstalled' });
  await expect.poll(installed).toEqual(['harbour']);
  expect(bot.troubles).toEqual([]);
});

test('says so where it was cancelled, and where Slack does not confirm it', async () => {
  expect((await browser().installs(harbour, { cancel: true })).text).toContain('It was cancelled in Slack.');
  slack.app.clientSecret = 'another by now';
  expect(await browser().installs(harbour)).toMatchObject({
    status: 502,
    text: expect.stringMatching(/Slack did not confirm it \(bad_client_secret\)/),
  });
  expect(await installed()).toEqual([]);
});

test('keeps its pages to themselves', async () => {
  const { headers } = await browser().open('/slack/install');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
});
