import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { openClient } from '../../../bots/slack/clients.ts';
import { createMembers } from '../../../bots/slack/names.ts';
import { botScopes } from '../../../bots/slack/scopes.ts';
import { createSurface } from '../../../bots/slack/surface.ts';
import { describeSurface, fileOf, type Ground, type SeenCard, steps, view } from '../../contracts/surface.ts';
import type { SeenMessage } from '../../fakes/slack/person.ts';
import { quietLogger } from '../../fakes/slack/quiet-logger.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';

function surfaceOf(slack: FakeSlack) {
  const client = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger);
  const editing = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger);
  return createSurface({ client, editing, member: createMembers(client, { now: Date.now }), patience: 2000 });
}

describeSurface('Slack', async (): Promise<Ground> => {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  const ada = slack.person('Ada');
  const channel = slack.channel('films');
  const inner = slack.channel('inner', { kind: 'private', withoutApp: true });
  const place = { channel: channel.id, thread: null, message: null };
  const methods = { post: 'chat.postMessage', edit: 'chat.update', finish: 'files.completeUploadExternal' };
  return {
    surface: surfaceOf(slack),
    place,
    user: ada.id,
    seen: () =>
      ada
        .sees(channel)
        .filter((card) => !card.alone)
        .map(card),
    seenAlone: () =>
      ada
        .sees(channel)
        .filter((card) => card.alone)
        .map(card),
    workspace: `slack:${slack.team.id}`,
    quiet: () => ({ ...place, channel: slack.channel('moderators', { kind: 'private' }).id }),
    closed: () => ({ ...place, channel: inner.id }),
    deleted: () => ({ ...place, channel: 'C0GONE' }),
    clear: () => void slack.team.messages.splice(0),
    fail: (call, how, seconds = 1) =>
      slack.faults.add(
        methods[call],
        how === 'limited'
          ? { type: 'limited', seconds }
          : how === 'lost'
            ? { type: 'lost' }
            : { type: 'down', status: 503 },
      ),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
});

function card({ text, buttons, pings, files }: SeenMessage): SeenCard {
  return {
    text,
    buttons: buttons.map(({ label }) => label),
    pings,
    files: files.map(({ name, bytes }) => ({ name, bytes })),
  };
}

test('waits for a file that is seen in its message only later', async () => {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  const ada = slack.person('Ada');
  const channel = slack.channel('films');
  const surface = surfaceOf(slack);
  slack.shareDelay = 400;
  const posted = await surface.post({ channel: channel.id, thread: null, message: null }, view(), 'card-1');
  const { file } = await fileOf(tmpdir(), 1000);
  const end = await surface.finish(posted, view(), file, 'end-1', steps());
  expect(ada.sees(channel).map(({ ts }) => ts)).toEqual([end.message]);
  expect(slack.calls.filter(({ method }) => method === 'files.info').length).toBeGreaterThan(1);
  await slack[Symbol.asyncDispose]();
});

test('goes on after the file was uploaded, and uploads it no second time', async () => {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  const ada = slack.person('Ada');
  const channel = slack.channel('films');
  const surface = surfaceOf(slack);
  const posted = await surface.post({ channel: channel.id, thread: null, message: null }, view(), 'card-1');
  const { file } = await fileOf(tmpdir(), 1000);
  const kept = steps();
  // Killed between upload and complete.
  slack.faults.add('files.completeUploadExternal', { type: 'down', status: 502 });
  await expect(surface.finish(posted, view(), file, 'end-1', kept)).rejects.toThrow();
  expect(Object.keys(kept.done)).toEqual(['uploaded']);
  await surfaceOf(slack).finish(posted, view(), file, 'end-1', kept);
  expect(slack.uploads).toHaveLength(1);
  expect(ada.sees(channel)).toHaveLength(1);
  await slack[Symbol.asyncDispose]();
});

test('comes into a public channel where it is not yet, and says who to invite where it cannot', async () => {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  const ada = slack.person('Ada');
  const open = slack.channel('open', { withoutApp: true });
  const closed = slack.channel('closed', { kind: 'private', withoutApp: true });
  const surface = surfaceOf(slack);
  await surface.post({ channel: open.id, thread: null, message: null }, view(), 'card-1');
  expect(ada.sees(open)).toHaveLength(1);
  await expect(
    surface.post({ channel: closed.id, thread: null, message: null }, view(), 'card-2'),
  ).rejects.toThrow('type /invite');
  await surface.tell(ada.id, { channel: closed.id, thread: null, message: null }, view());
  expect(ada.sees(slack.direct(ada))).toHaveLength(1);
  await slack[Symbol.asyncDispose]();
});

test('names who asked without notifying them', async () => {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  const ada = slack.person('Ada *Lovelace* <!channel>');
  const channel = slack.channel('films');
  const place = { channel: channel.id, thread: null, message: null };
  await surfaceOf(slack).post(place, view({ asked: ada.id }), 'card-1');
  const [seen] = ada.sees(channel);
  expect(seen?.text).toContain('Ada *Lovelace* <!channel> asked for');
  expect(seen?.pings).toEqual([]);
  await slack[Symbol.asyncDispose]();
});
