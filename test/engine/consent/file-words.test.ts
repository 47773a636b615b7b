import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { catalogue } from '../../../dsl/catalogue.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import type { Store } from '../../../engine/store/port.ts';
import { grantTo, publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { exactNames } from '../../fakes/exact-names.ts';
import { fakeFileWords } from '../../fakes/file-words.ts';
import { type Gated, openGated, wordsOf } from '../../fakes/gated.ts';

let store: Store;
let gated: Gated;
const words = fakeFileWords();
beforeAll(async () => {
  store = await openMemoryStore();
  gated = await openGated(store, { words });
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

const fresh = (given = 'Zelda') => `${given} ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
const clip = async (inside: string): Promise<string> => {
  const name = `${crypto.randomUUID()}.mp4`;
  await writeFile(join(gated.folder, name), `WORDS ${inside}\n${crypto.randomUUID()}`);
  return name;
};
/** Trims a clip; gives the failure of its job, null when it is admitted. */
const admitted = async (source: string) => {
  await gated.start(source);
  const job = await gated.take();
  const failure = await gated.consent.admit(job).then(
    () => null,
    (error: { code: string; message: string; hint: string }) => error,
  );
  return { job, failure };
};
const codeOf = async (inside: string) =>
  (await admitted(`TRIM "${await clip(inside)}" UNTIL 1s`)).failure?.code ?? null;
const optedOut = async (): Promise<string> => {
  const name = fresh();
  await gated.ask(`OPT OUT "${name}"`);
  return name;
};

describe('somebody who opted out', () => {
  test.each([
    'about the title',
    'about chapter 2',
    'spoken subtitle track 1 (eng)',
    'carried the closed captions',
  ])('is found in %s of a clip that something is made of', async (place) => {
    const name = await optedOut();
    const { failure } = await admitted(`TRIM "${await clip(`${place}: here is ${name} at last`)}" UNTIL 1s`);
    expect(failure).toMatchObject({ code: 'PQL540' });
    expect(failure!.message).toContain(
      `${name}, who is named in ${place.slice(place.indexOf(' ') + 1)} of v`,
    );
    expect(failure!.hint).toMatch(/^leave v\d+ \(.+\.mp4\) out; .*CLAIM NAMESAKE "Zelda .+" FOR "v\d+"/);
  });

  test('is refused on the very operand once the clip was read', async () => {
    const file = await clip(`about the title: ${await optedOut()}`);
    await admitted(`TRIM "${file}" UNTIL 1s`);
    const source = `STITCH "${file}" + "${await clip('about the title: a harbour')}"`;
    const [diagnostic] = (await gated.compile(source)).diagnostics;
    expect(diagnostic!.code).toBe('PQL540');
    expect(source.slice(diagnostic!.span.start, diagnostic!.span.end)).toBe(`"${file}"`);
  });

  test('may be in what is only looked at', async () => {
    const file = await clip(`about the title: ${await optedOut()}`);
    expect((await admitted(`PROBE "${file}"`)).failure).toBe(null);
    await admitted(`TRIM "${file}" UNTIL 1s`);
    expect(await gated.codes(`PROBE "${file}"`)).toEqual([]);
  });

  test('who said so after a film was made has it held where the clip says that they are in it, and not where they are spoken of', async () => {
    const name = fresh();
    const made = [];
    for (const place of ['about the artist', 'spoken subtitle track 1']) {
      const { job, failure } = await admitted(`TRIM "${await clip(`${place}: ${name}`)}" UNTIL 1s`);
      expect(failure).toBe(null);
      await gated.make(job);
      made.push(job.id);
    }
    await gated.ask(`OPT OUT "${name}"`);
    const left = await store.query<{ id: number }>('select job_id as id from media where job_id = any ($1)', [
      made,
    ]);
    expect(left).toEqual([{ id: made[1] }]);
  });
});

describe('a public figure', () => {
  test('without a grant is refused in what a clip says that it is, and is a question in its subtitles', async () => {
    const name = fresh('Quentin');
    await publicFigure(store, name);
    expect(await codeOf(`about the title: ${name} live`)).toBe('PQL541');
    expect(await codeOf(`carried the closed captions: ${name} live`)).toBe('PQL541');
    const file = await clip(`spoken subtitle track 1: they say that ${name} won`);
    const { failure } = await admitted(`TRIM "${file}" UNTIL 1s`);
    expect(failure).toMatchObject({ code: 'PQL544' });
    const request = /r\d+/.exec(failure!.hint)![0];
    const card = wordsOf(await gated.ask(`FIND REQUEST ${request}`, gated.as('mia')));
    expect(card).toContain(`they say that ${name} won`);
    await gated.ask(`APPROVE ${request}`, gated.as('mia'));
    expect((await admitted(`TRIM "${file}" UNTIL 2s`)).failure).toBe(null);
    expect(await gated.codes(`TRIM "${file}" UNTIL 3s`)).toEqual([]);
  });

  test('of whom only a part is said is a question in a title, and passes in subtitles', async () => {
    const name = fresh('Quentin');
    await publicFigure(store, name);
    const part = `Ms ${name.split(' ')[1]}`;
    expect(await codeOf(`about the title: ${part}`)).toBe('PQL544');
    expect(await codeOf(`spoken subtitle track 1: good evening, ${part}`)).toBe(null);
  });

  test('with a grant may be named', async () => {
    const name = fresh('Quentin');
    const person = await publicFigure(store, name);
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person);
    expect(await codeOf(`about the title: ${name} live`)).toBe(null);
    expect(await codeOf(`spoken subtitle track 1: ${name}`)).toBe(null);
  });
});

test('a namesake is claimed by what the clip is called', async () => {
  const name = await optedOut();
  const file = await clip(`about the title: ${name}`);
  const { failure } = await admitted(`TRIM "${file}" UNTIL 1s`);
  const [, id] = /FOR "(v\d+)"/.exec(failure!.hint)!;
  const said = wordsOf(await gated.ask(`CLAIM NAMESAKE "${name}" FOR "${id}" BECAUSE "my aunt"`));
  await gated.ask(`APPROVE ${/r\d+/.exec(said)![0]}`, gated.as('mia'));
  expect((await admitted(`TRIM "${file}" UNTIL 2s`)).failure).toBe(null);
});

test('a file is read once', async () => {
  const file = await clip('about the title: a harbour');
  const before = words.reads;
  for (const seconds of [1, 2, 3])
    expect((await admitted(`TRIM "${file}" UNTIL ${seconds}s`)).failure).toBe(null);
  expect(words.reads).toBe(before + 1);
});

test('what is written inside of a file goes with its bytes', async () => {
  const file = await clip('about the title: a lighthouse that is read');
  const { job } = await admitted(`TRIM "${file}" UNTIL 1s`);
  const kept = () => store.query('select 1 from file_words where hash = $1', [job.inputs[0]!.hash]);
  expect(await kept()).toHaveLength(1);
  await store.query('delete from media where hash = $1', [job.inputs[0]!.hash]);
  await store.query('delete from local_files where hash = $1', [job.inputs[0]!.hash]);
  await store.query('delete from job_inputs where hash = $1', [job.inputs[0]!.hash]);
  await store.query('delete from artifacts where hash = $1', [job.inputs[0]!.hash]);
  expect(await kept()).toEqual([]);
});

test('where nothing can read files a clip is refused as soon as there is anybody to find', async () => {
  await publicFigure(store, fresh('Quentin'));
  await gated.start(`TRIM "${await clip('about the title: a harbour')}" UNTIL 1s`);
  const job = await gated.take();
  const blind = openConsent(store, { catalogue, createFinder: exactNames });
  await expect(blind.admit(job)).rejects.toMatchObject({ code: 'PQL553', kind: 'permanent' });
});
