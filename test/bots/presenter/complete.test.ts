import { afterAll, beforeAll, expect, test } from 'vitest';

import { chatCommands } from '../../../bots/presenter/commands.ts';
import { verbForm } from '../../../bots/presenter/forms.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import type { Store } from '../../../engine/store/port.ts';
import { type FakeChat, fakeChat, member } from '../../fakes/chat.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
let chat: FakeChat;
const ada = member('g1', 'ada');
beforeAll(async () => {
  store = await openMemoryStore();
  chat = await fakeChat(store);
  for (const text of ['GENERATE "fog over the sea" AS fog', `GENERATE "${'a long harbour '.repeat(20)}"`]) {
    await chat.presenter.hear(chat.ask(ada, text));
    await chat.work();
  }
});
afterAll(() => store[Symbol.asyncDispose]());

const values = async (verb: string, field: string, typed: string) =>
  (await chat.presenter.complete(verb, field, typed, ada)).map(({ value }) => value);

test('clips are offered by id, by name and by what they show, the latest first', async () => {
  expect(await values('enhance', 'clip', '')).toEqual(['v2', 'fog']);
  expect(await values('enhance', 'clip', 'SEA')).toEqual(['fog']);
  expect(await values('enhance', 'clip', 'v1')).toEqual(['fog']);
  expect(await values('stitch', 'clips', 'fog + v')).toEqual(['fog + v2', 'fog + fog']);
  const [first] = await chat.presenter.complete('enhance', 'clip', 'fog', ada);
  expect(first?.name).toBe('fog · v1 · fog over the sea · 4s');
});

test.each([
  ['generate', 'from', '', ['v2', 'fog']],
  ['generate', 'from', 'sea', ['fog']],
  ['generate', 'duration', '', ['4s']],
  ['generate', 'duration', '12s', ['12s']],
  ['generate', 'size', '', ['1280x720', '720p', '1080p', '2K', '4K']],
  ['generate', 'size', '10', ['1080p']],
  ['generate', 'using', 's', ['storyboard']],
  ['enhance', 'using', '', ['esrgan-slim']],
  ['groups', 'group', 'fog', ['g1']],
  ['jobs', 'job', 'j2', ['j2']],
  ['pql', 'query', 'ENHANCE fog UPS', ['ENHANCE fog UPS', 'ENHANCE fog UPSCALE']],
  ['nothing', 'here', 'x', []],
])('/%s %s: what may follow %j', async (verb, field, typed, offered) => {
  expect(await values(verb, field, typed)).toEqual(offered);
});

test('whatever is typed where, at most 25 choices of at most 100 characters come back', async () => {
  for (const { name, options } of chatCommands(catalogue))
    for (const { id } of options.filter(({ completed }) => completed))
      for (const typed of ['', 'v', 'fog + ', '"', ';', 'x'.repeat(200), '🎬', 'FROM videos WHERE ']) {
        const choices = await chat.presenter.complete(name, id, typed, ada);
        expect(choices.length).toBeLessThanOrEqual(25);
        for (const choice of choices) {
          expect(choice.name.length).toBeGreaterThan(0);
          expect(Math.max(choice.name.length, choice.value.length)).toBeLessThanOrEqual(100);
        }
      }
  expect(chat.logged).toEqual([]);
});

test('every verb that makes something has a form within what chats take', () => {
  const jobs = [...catalogue.values()].filter((operation) => operation.runs === 'job');
  for (const operation of jobs) {
    const { title, fields, submit } = verbForm(operation, 'f'.repeat(23), {}, null);
    expect(title.length).toBeLessThanOrEqual(45);
    expect(submit.length).toBeLessThanOrEqual(24);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    // A clip may also come as a file, and what a film begins with.
    expect(fields.some(({ type }) => type === 'file')).toBe(true);
    expect(fields[0]?.required).toBe(operation.takes.what === 'prompt');
    for (const field of fields) {
      expect(field.id).toMatch(/^[a-z0-9_-]{1,32}$/);
      expect(field.label.length).toBeLessThanOrEqual(45);
      expect(field.help.length).toBeLessThanOrEqual(100);
      expect(field.choices.length).toBeLessThanOrEqual(25);
      expect(field.maxLength).toBeLessThanOrEqual(4000);
    }
  }
});
