import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../../dsl/catalogue.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import { complete } from '../../../engine/jobs/complete.ts';
import { recordArtifact } from '../../../engine/media.ts';
import type { Queries, Store } from '../../../engine/store/port.ts';
import { grantTo, publicFigure } from '../../fakes/consent.ts';
import { fakeFilm } from '../../fakes/desk.ts';
import { exactNames } from '../../fakes/exact-names.ts';
import { openGated, wordsOf } from '../../fakes/gated.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';

const { store, gated } = await openGatedStore();

const fresh = (given = 'Ida') => `${given} ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
const media = (id: string) =>
  store.query<{ hash: string }>('select hash from media where workspace = $1 and letter || number = $2', [
    gated.asker.workspace,
    id,
  ]);
/** Makes what a statement of one job asks for; returns its id and hash. */
const made = async (source: string): Promise<{ id: string; hash: string }> => {
  const { run } = await gated.start(source);
  await gated.make(await gated.take());
  const [row] = await store.query<{ id: string; hash: string }>(
    `select letter || media.number as id, hash from media join jobs on jobs.id = media.job_id where run_id = $1`,
    [run],
  );
  return row!;
};
/** A form of media whose bytes are others: the signed copy that TO wrote, or a preview. */
const formOf = async (hash: string, table: 'signed_copies' | 'previews'): Promise<string> => {
  const file = join(gated.folder, `${table}-${hash.slice(0, 12)}.mp4`);
  await writeFile(file, `${table} of ${hash}`);
  const put = await gated.parts.artifacts.put(file);
  await recordArtifact(store, { ...put, kind: 'video', facts: fakeFilm('', '', 4).facts });
  const own = table === 'previews' ? ['fits, says', "8000000, 'smaller'"] : ['signer', `repeat('a', 64)`];
  await store.query(`insert into ${table} (workspace, of, hash, ${own[0]}) values ($1, $2, $3, ${own[1]})`, [
    gated.asker.workspace,
    hash,
    put.hash,
  ]);
  await writeFile(file, `${table} of ${hash}`);
  return `${table}-${hash.slice(0, 12)}.mp4`;
};

test.each([
  'signed_copies',
  'previews',
] as const)('bytes of the %s of what is held are held as well, under every name', async (table) => {
  const name = fresh();
  const { hash } = await made(`GENERATE "${name} rows"`);
  const file = await formOf(hash, table);
  const part = await made(`TRIM "${file}" UNTIL 1s`);
  await gated.ask(`OPT OUT "${name}"`);
  expect(await gated.codes(`TRIM "${file}" UNTIL 2s`)).toEqual(['PQL546']);
  expect(await media(part.id)).toEqual([]);
});

test('a film with two people stays held as long as one of them says no', async () => {
  const [one, two] = [fresh('Ada'), fresh('Bea')];
  const { id } = await made(`GENERATE "${one} and ${two} dance"`);
  await gated.ask(`OPT OUT "${one}"`);
  await gated.ask(`OPT OUT "${two}"`);
  await writeFile(join(gated.folder, 'yes.pdf'), 'I want to be seen again');
  const back = async (name: string) => {
    const said = wordsOf(
      await gated.ask(`OPT IN "${name}" EVIDENCE "yes.pdf" IDENTITY "passport, seen in a video call"`),
    );
    const request = /r\d+/.exec(said)![0];
    for (const user of ['mia', 'noor']) await gated.ask(`APPROVE ${request}`, gated.as(user));
  };
  await back(one);
  expect(await media(id)).toEqual([]);
  await back(two);
  expect(await media(id)).toHaveLength(1);
});

test('a name that a clip was given stays a name of it when it is given another', async () => {
  const word = crypto.randomUUID().replace(/[^a-z]/g, '');
  const { id } = await made(`GENERATE "a woman with ${word.slice(0, 3)} hats" AS Ida${word}`);
  await gated.start(`GENERATE "a woman with ${word.slice(0, 3)} hats" AS fog`);
  const part = await made('TRIM fog UNTIL 1s');
  await gated.ask(`OPT OUT "Ida${word}"`, gated.as('mia'));
  expect([await media(id), await media(part.id)]).toEqual([[], []]);
  expect(await gated.codes('TRIM fog UNTIL 2s')).toEqual(['PQL546']);
});

test.each([
  ['of a file', 'a woman', 'TO "Ida WORD.mp4"'],
  ['of a folder and a file', 'a woman', 'TO "ida/WORD.mp4"'],
  ['that begins in that of a file, and ends in its prompt,', 'WORD', 'TO Ida.mp4'],
])('a film is held for the name %s that it was written to', async (_, who, to) => {
  const word = crypto.randomUUID().replace(/[^a-z]/g, '');
  await gated.start(`GENERATE "${who} in ${word.slice(0, 4)}" ${to}`.replace('WORD', word));
  await gated.make(await gated.take());
  const job = await gated.take();
  await complete(gated.parts, job, {
    type: 'effected',
    path: join(gated.folder, 'x.mp4'),
    url: null,
    notes: [],
  });
  const [{ id }] = (await store.query<{ id: string }>(
    `select letter || number as id from media where workspace = $1 and hash = $2`,
    [gated.asker.workspace, job.inputs[0]!.hash],
  )) as [{ id: string }];
  await gated.ask(`OPT OUT "Ida ${word}"`);
  expect(await media(id)).toEqual([]);
});

test('what lay in a folder that names somebody is held with what was made from it', async () => {
  const word = crypto.randomUUID().replace(/[^a-z]/g, '');
  await mkdir(join(gated.folder, 'ida', word), { recursive: true });
  await writeFile(join(gated.folder, 'ida', word, '1.mp4'), `film of ${word}`);
  const { id } = await made(`TRIM "ida/${word}/1.mp4" UNTIL 1s`);
  const file = async () =>
    (
      await store.query<{ id: string }>(
        `select letter || number as id from media where source = '1.mp4' and place like $1`,
        [`%${word}`],
      )
    ).map((row) => row.id);
  const [clip] = await file();
  expect(wordsOf(await gated.ask(`USES OF "Ida ${word}"`, gated.as('mia')))).not.toContain(clip);
  await publicFigure(store, `Ida ${word}`);
  expect(await gated.codes(`TRIM ${clip} UNTIL 2s`)).toEqual(['PQL541']);
  expect(wordsOf(await gated.ask(`USES OF "Ida ${word}"`, gated.as('mia')))).toContain(clip);
  await gated.ask(`OPT OUT "Ida ${word}"`);
  expect([await media(id), await file()]).toEqual([[], []]);
});

test('bytes that are held in one workspace are worked on in no other, where nobody named them', async () => {
  const [name, other] = [fresh(), await openGated(store)];
  for (const [folder, called] of [
    [gated.folder, `${name}.mp4`],
    [other.folder, 'fog.mp4'],
  ] as const)
    await writeFile(join(folder, called), `film of ${name}`);
  await made(`TRIM "${name}.mp4" UNTIL 1s`);
  await other.start('TRIM "fog.mp4" UNTIL 1s');
  const job = await other.take();
  await other.consent.admit(job);
  await gated.ask(`OPT OUT "${name}"`);
  await expect(other.consent.admit(job)).rejects.toMatchObject({ code: 'PQL546' });
  await other.make(job);
  await other[Symbol.asyncDispose]();
});

test('what a run makes of held media between the walk and its stop is held as well', async () => {
  const name = fresh();
  const { id } = await made(`GENERATE "${name} runs"`);
  await gated.start(`TRIM ${id} UNTIL 1s`);
  const running = await gated.take();
  const file = join(gated.folder, 'late');
  await writeFile(file, `late ${name}`);
  const put = await gated.parts.artifacts.put(file);
  let published = false;
  const late: Store = {
    ...store,
    query: (text, parameters) => store.query(text, parameters),
    transaction: (work) =>
      store.transaction((queries) => {
        const watched: Queries = {
          ...queries,
          async query(text, parameters) {
            const rows = await queries.query(text, parameters);
            if (!published && text.includes('select distinct runs.id')) {
              published = true;
              const inside: Store = { ...store, ...queries, transaction: (each) => each(queries) };
              const { facts } = fakeFilm('', '', 4);
              await complete({ ...gated.parts, store: inside }, running, {
                ...{ type: 'made', hash: put.hash, bytes: put.bytes, kind: 'video', facts },
                ...{ notes: [], details: {} },
              });
            }
            return rows as never;
          },
        };
        return work(watched);
      }),
  };
  const { optOut } = await import('../../../engine/consent/registry/opt-out.ts');
  await optOut(store, { name, reason: null, by: gated.asker });
  await gated.consent.revoke({ ...gated.parts, store: late });
  expect(published).toBe(true);
  expect(await store.query('select from media where hash = $1', [put.hash])).toEqual([]);
});

test('what was refused at claim runs again once a moderator has approved it', async () => {
  const surname = crypto.randomUUID().replace(/[^a-z]/g, '');
  await gated.start(`GENERATE "Ms ${surname} waits"`);
  const job = await gated.take();
  await publicFigure(store, `Cleo ${surname}`);
  const refused = await gated.consent.admit(job).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'PQL544', hint: expect.stringMatching(/^r\d+ asks/) });
  const request = /^r\d+/.exec((refused as { hint: string }).hint)![0];
  await gated.ask(`APPROVE ${request}`, gated.as('mia'));
  await gated.consent.admit(job);
  await gated.make(job);
});

test('a run that is judged anew rests on its grant no longer than that lasts', async () => {
  let now = new Date('2026-11-28T12:00:00Z');
  const later = await openGated(store, { now: () => now });
  const name = fresh('Dot');
  await later.start(`GENERATE "${name} swims"`);
  const job = await later.take();
  const person = await publicFigure(store, name);
  await grantTo({ store, signer: later.signer }, later.asker.workspace, person, {
    until: '2026-11-29T00:00:00.000Z',
  });
  await later.consent.admit(job);
  now = new Date('2026-11-29T00:00:01Z');
  await expect(later.consent.admit(job)).rejects.toMatchObject({ code: 'PQL543' });
  await later.make(job);
  await later[Symbol.asyncDispose]();
});

test('a film of somebody who is no public figure is used, sent and shown no longer than their grant lasts', async () => {
  let now = new Date('2026-11-28T12:00:00Z');
  const later = await openGated(store, { now: () => now });
  const name = fresh('Fay');
  const person = await publicFigure(store, name);
  await store.query(`update people set kind = 'private' where id = $1`, [person]);
  const grants = { store, signer: later.signer };
  await grantTo(grants, later.asker.workspace, person, { until: '2026-11-29T00:00:00.000Z' });
  const { run } = await later.start(`GENERATE "a walk" CAST "${name}" AS walk`);
  await later.make(await later.take());
  const [film] = await store.query<{ hash: string }>(
    'select result as hash from jobs where run_id = $1 and not effect',
    [run],
  );
  const leaves = () => later.consent.mayLeave(later.asker.workspace, film!.hash);
  expect([await later.codes('TRIM walk UNTIL 1s'), await leaves()]).toEqual([[], null]);
  await later.start('TRIM walk UNTIL 1s');
  const job = await later.take();
  await later.consent.admit(job);
  now = new Date('2026-11-29T00:00:01Z');
  const source = 'TRIM walk UNTIL 1s TO out.mp4';
  const { diagnostics } = await later.compile(source);
  expect(diagnostics.map(({ code, span }) => [code, source.slice(span.start, span.end)])).toEqual([
    ['PQL543', 'walk'],
  ]);
  expect(await leaves()).toMatch(`${name} may not be shown: the grant r`);
  await expect(later.consent.admit(job)).rejects.toMatchObject({ code: 'PQL543' });
  await grantTo(grants, later.asker.workspace, person);
  expect([await later.codes(source), await leaves()]).toEqual([[], null]);
  await later.make(job);
  await later[Symbol.asyncDispose]();
});

test('a film whose recipe leaves out how it began is judged by that all the same', async () => {
  let now = new Date('2026-11-28T12:00:00Z');
  const later = await openGated(store, { now: () => now });
  const [named, cast] = [fresh('Hal'), fresh('Ivy')];
  const person = await publicFigure(store, cast);
  await store.query(`update people set kind = 'private' where id = $1`, [person]);
  await grantTo({ store, signer: later.signer }, later.asker.workspace, person, {
    until: '2026-11-29T00:00:00.000Z',
  });
  const prompts = Array.from({ length: 20 }, (_, at) => `${at} ${'fog over the harbour '.repeat(90)}`);
  const clips = [
    `"${prompts[0]} ${named}"`,
    `"${prompts[1]} a walk" CAST "${cast}"`,
    ...prompts.map((each) => `"${each}"`),
  ];
  await later.start(`STITCH ${clips.map((each) => `(GENERATE ${each})`).join(' + ')} AS long`);
  for (let left = clips.length + 1; left > 0; left--) await later.make(await later.take());
  const film = async () =>
    (
      await store.query<{ hash: string; recipe: string }>(
        'select hash, recipe from media where workspace = $1 order by id desc limit 1',
        [later.asker.workspace],
      )
    )[0]!;
  const { recipe, hash } = await film();
  expect([recipe.includes(named), recipe.includes(cast)]).toEqual([false, false]);
  expect(await later.codes('TRIM long UNTIL 1s')).toEqual([]);
  await later.start('GENERATE "snow" FROM long');
  await later.make(await later.take());
  const job = await later.take();
  // The last frame, which it reads, was removed meanwhile.
  await store.query('delete from media where hash = $1', [job.inputs[0]!.hash]);
  await publicFigure(store, named);
  expect(await later.codes('TRIM long UNTIL 1s')).toEqual(['PQL541']);
  expect(await later.consent.mayLeave(later.asker.workspace, hash)).toContain(`${named} is a public figure`);
  await expect(later.consent.admit(job)).rejects.toMatchObject({ code: 'PQL541' });
  now = new Date('2026-11-29T00:00:01Z');
  expect(await later.codes('TRIM long UNTIL 1s')).toEqual(['PQL541', 'PQL543']);
  await later.make(job);
  await later[Symbol.asyncDispose]();
});

test('a film that was cast under a grant of another workspace is not used here', async () => {
  const name = fresh('Gus');
  const person = await publicFigure(store, name);
  await store.query(`update people set kind = 'private' where id = $1`, [person]);
  const here = await openGated(store, { recipe: `GENERATE "a walk" CAST "${name}" UNDER r1 SEED 7` });
  await writeFile(join(here.folder, 'clip.mp4'), `film of ${name}`);
  await grantTo({ store, signer: here.signer }, 'another', person);
  expect(await here.codes('TRIM "clip.mp4" UNTIL 1s')).toEqual(['PQL542']);
  await grantTo({ store, signer: here.signer }, here.asker.workspace, person);
  expect(await here.codes('TRIM "clip.mp4" UNTIL 1s')).toEqual([]);
  await here[Symbol.asyncDispose]();
});

test('a grant ends by the clock of the database, whatever that of the worker says', async () => {
  const name = fresh('Eve');
  const person = await publicFigure(store, name);
  await gated.start('GENERATE "nobody swims"');
  const job = await gated.take();
  await store.query('update runs set source = $2, consent_epoch = 0 where id = $1', [
    job.run,
    `GENERATE "${name} swims"`,
  ]);
  const [clock] = await store.query<{ now: Date }>('select now() as now');
  await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person, {
    until: new Date(clock!.now.getTime() + 3_600_000).toISOString(),
  });
  const by = (hours: number): Store => ({
    ...store,
    transaction: (work, options) => store.transaction(work, options),
    query: (text, parameters) =>
      store.query(text.replaceAll('clock_timestamp()', `(now() + interval '${hours} hours')`), parameters),
  });
  const gate = (hours: number) =>
    openConsent(by(hours), { catalogue, signer: gated.signer, createFinder: exactNames });
  await gate(0).admit(job);
  await expect(gate(2).admit(job)).rejects.toMatchObject({ code: 'PQL543' });
  await gated.make(job);
});
