import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { type Gated, openGated } from '../../fakes/gated.ts';

let store: Store;
let gated: Gated;
let looks = 0;
beforeAll(async () => {
  store = await openMemoryStore();
  gated = await openGated(store, {
    marks: (bytes) => {
      looks++;
      return /MARK (\w+)/.exec(bytes.toString())?.slice(1) ?? [];
    },
  });
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

const word = () => crypto.randomUUID().replace(/[^a-z]/g, '');

/** A film that is made here, and a copy of it that says nothing of itself but its mark. */
async function strippedCopy(prompt: string): Promise<string> {
  const { run } = await gated.start(`GENERATE "${prompt}"`);
  await gated.make(await gated.take());
  const [job] = await store.query<{ key: string }>('select work_key as key from jobs where run_id = $1', [
    run,
  ]);
  return file(`MARK ${job!.key.slice(0, 12)}`);
}

async function file(says: string): Promise<string> {
  const name = `c${word()}.mp4`;
  await writeFile(join(gated.folder, name), `${says} ${crypto.randomUUID()}`);
  return name;
}

/** Why a job that reads a file may not run; null where it may. */
async function whyNot(statement: string): Promise<unknown> {
  await gated.start(statement);
  const job = await gated.take();
  const why = await gated.consent.admit(job).then(
    () => null,
    (error: unknown) => error,
  );
  await gated.make(job);
  return why;
}

test('while nobody says no, nobody looks for marks', async () => {
  expect(await whyNot(`TRIM "${await strippedCopy('a sea')}" UNTIL 1s`)).toBeNull();
  expect(looks).toBe(0);
});

test('a film that was stripped of all that it said comes back as what it is', async () => {
  const name = `Ida ${word()}`;
  const copy = await strippedCopy(`${name} at sea`);
  await gated.ask(`OPT OUT "${name}"`);
  expect(await whyNot(`TRIM "${copy}" UNTIL 1s`)).toMatchObject({
    code: 'PQL540',
    message: expect.stringMatching(
      new RegExp(
        `^${name} asked not to be shown, and the frames of v\\d+ \\(${copy}\\) bear the mark of a film`,
      ),
    ),
  });
  const before = looks;
  expect(await gated.codes(`TRIM "${copy}" UNTIL 2s`)).toEqual(['PQL540']);
  expect(looks).toBe(before);
});

test('of a film that another workspace made nothing is told but that it may not be used', async () => {
  const name = `Fea ${word()}`;
  const copy = await strippedCopy(`${name} in the rain`);
  await optOut(store, { name, reason: null, by: gated.asker });
  const other = { ...gated.asker, workspace: `w-${word()}` };
  await gated.start(`TRIM "${copy}" UNTIL 1s`, other);
  const job = await gated.take();
  const why = await gated.consent.admit(job).then(
    () => null,
    (error: Error) => error.message,
  );
  expect(why).toMatch(new RegExp(`^v1 \\(${copy}\\) shows somebody who gave no leave`));
  expect(why).not.toContain(name);
  await gated.make(job);
});

test('a file whose mark was seen before is held with what was made of it', async () => {
  const name = `Dea ${word()}`;
  const copy = await strippedCopy(`${name} in a boat`);
  expect(await whyNot(`TRIM "${copy}" UNTIL 1s`)).toBeNull();
  const ids = () =>
    store.query(`select from media where recipe like $1 or source = $2`, [`TRIM%${copy}%`, copy]);
  expect(await ids()).toHaveLength(2);
  await gated.ask(`OPT OUT "${name}"`);
  expect(await ids()).toEqual([]);
});

test('what was made of such a file leaves no more from the moment on that somebody in it says no', async () => {
  const name = `Bea ${word()}`;
  const copy = await strippedCopy(`${name} on a hill`);
  const { run } = await gated.start(`TRIM "${copy}" UNTIL 1s`);
  await gated.make(await gated.take());
  const [part] = await store.query<{ hash: string }>('select result as hash from jobs where run_id = $1', [
    run,
  ]);
  expect(await gated.consent.mayLeave(gated.asker.workspace, part!.hash)).toBeNull();
  await optOut(store, { name, reason: null, by: gated.asker });
  expect(await gated.consent.mayLeave(gated.asker.workspace, part!.hash)).toMatch(/asked not to be shown/);
});

test('a file with the mark of another film, with one that nobody here knows, or with none, may be used', async () => {
  await gated.ask(`OPT OUT "Cea ${word()}"`);
  for (const each of [await strippedCopy('a meadow'), await file('MARK 0123456789ab'), await file('nothing')])
    expect(await whyNot(`TRIM "${each}" UNTIL 1s`)).toBeNull();
});
