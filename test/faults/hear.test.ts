import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbedded } from '../../engine/embedded.ts';
import { runScript } from '../fakes/run-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-hear-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one interaction makes one run and one card, whether the bot is killed before it is committed or before the card is posted', async () => {
  const hear = (when: string) => runScript(new URL('./hear-in-home.ts', import.meta.url), [folder, when]);
  for (const when of ['before', 'after']) {
    await using killed = hear(when);
    await killed.ended;
  }
  {
    await using last = hear('keep');
    expect(await last.line()).toBe('again');
    expect(await last.line()).toMatch(/^card-1 in C1: g1 · waiting/);
    expect(await last.ended).toEqual({ status: 0, said: '' });
  }
  await using home = await openEmbedded(join(folder, 'home'));
  const [counted] = await home.store.query(
    `select (select count(*)::integer from runs) as runs, (select count(*)::integer from cards) as cards,
            (select count(*)::integer from buttons) as buttons, (select posted from cards) as posted`,
  );
  expect(counted).toEqual({
    ...{ runs: 1, cards: 1, buttons: 8 },
    posted: [{ channel: 'C1', thread: null, message: 'M1' }],
  });
});

test('moderators see a request once, although the bot was killed right after it was posted', async () => {
  const ask = (when: string) =>
    runScript(new URL('./ask-moderators-in-home.ts', import.meta.url), [folder, when]);
  {
    await using killed = ask('posted');
    expect((await killed.ended).status).toBe('SIGKILL');
  }
  await using next = ask('go on');
  expect(await next.line()).toBe('C000000: r1 · Does this mean Jane Roe?');
  expect(await next.ended).toEqual({ status: 0, said: '' });
});
