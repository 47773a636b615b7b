import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { verifyConsent } from '../../../engine/consent/audit/verify.ts';
import { openTemplates } from '../../../engine/consent/faces/templates.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { peopleCalled } from '../../../engine/consent/registry/people.ts';
import type { Claimed } from '../../../engine/jobs/claim.ts';
import type { Store } from '../../../engine/store/port.ts';
import { grantTo, testSigner } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { fakeFilm } from '../../fakes/desk.ts';
import { fakeFaces } from '../../fakes/faces.ts';
import { type Gated, openGated, wordsOf } from '../../fakes/gated.ts';
import { askerIn } from '../../fakes/plan.ts';

let store: Store;
let gated: Gated;
const faces = fakeFaces();
beforeAll(async () => {
  store = await openMemoryStore();
  gated = await openGated(store, { faces });
  await writeFile(join(gated.folder, 'consent.pdf'), 'I agree that my face be remembered. Jane');
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

/** Somebody whom no other test knows: what they are called, and their face. */
const somebody = () => {
  const face = crypto.randomUUID().replace(/[^a-z]/g, '');
  return { face, name: `Zoe ${face}` };
};
const file = async (text: string): Promise<string> => {
  const name = `${crypto.randomUUID()}.jpg`;
  await writeFile(join(gated.folder, name), `${text}\n${crypto.randomUUID()}`);
  return name;
};
const ask = async (source: string, as = gated.asker) => wordsOf(await gated.ask(source, as));
const idIn = (words: string) => /\br\d+\b/.exec(words)![0];
const requestFor = async (name: string, picture: string) =>
  idIn(
    await ask(
      `REMEMBER FACE OF "${name}" FROM "${picture}" EVIDENCE "consent.pdf" IDENTITY "passport, in a video call"`,
    ),
  );
/** Somebody whose face is remembered. */
const remembered = async () => {
  const { name, face } = somebody();
  const request = await requestFor(name, await file(`FACES ${face}`));
  await ask(`APPROVE ${request}`, gated.as('mia'));
  await ask(`APPROVE ${request}`, gated.as('noor'));
  const [person] = await peopleCalled(store, name);
  return { name, face, request, person: person!.id };
};
/** Trims a clip in which somebody is seen; gives the failure of its job, null when it is admitted. */
const trimmed = async (seen: string) => {
  const clip = await file(`FACES ${seen}`);
  const first = await gated.start(`TRIM "${clip}" UNTIL 1s`);
  const job = await gated.take();
  const failure = await gated.consent.admit(job).then(
    () => null,
    (error: { code: string; message: string; hint: string }) => error,
  );
  return { clip, job, failure, ...first };
};
const templates = () => store.query('select 1 from face_templates');
const evidence = (part: string) =>
  store.query(`select 1 from consent_evidence where position($1 in encode(bytes, 'escape')) > 0`, [part]);

test('where nobody is remembered nothing is looked at', async () => {
  const before = faces.looks.all;
  expect((await trimmed('somebody')).failure).toBe(null);
  expect(faces.looks.all).toBe(before);
});

describe('a face', () => {
  test('is remembered when two moderators approved: sealed, and without its picture', async () => {
    const { name, face } = somebody();
    const before = faces.looks.known;
    const request = await requestFor(name, await file(`FACES ${face}`));
    expect(await ask(`FIND REQUEST ${request}`)).toContain('picture | ');
    expect(await ask(`FIND REQUEST ${request}`, gated.as('mia'))).toMatch(
      /to look at within 15 min \| https:\/\/films\.example\.org\/evidence\//,
    );
    expect(await ask(`APPROVE ${request}`, gated.asker)).toContain('moderators decide');
    expect(await ask(`APPROVE ${request}`, gated.as('mia'))).toContain('another moderator has to approve');
    expect([await templates(), faces.looks.known, (await evidence(face)).length]).toEqual([[], before, 1]);
    expect(await ask(`APPROVE ${request}`, gated.as('noor'))).toContain('is looked for now');
    const [row] = await store.query<{ bytes: number; sealed: string; key: string }>(
      `select length(sealed) as bytes, encode(sealed, 'base64') as sealed, key_id as key from face_templates`,
    );
    expect(row).toMatchObject({ bytes: 12 + 128 * 4 + 16, key: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(await evidence(face)).toEqual([]);
    const [template] = await openTemplates(store, gated.consent.faces!.keys);
    expect(Math.hypot(...template!.known)).toBeCloseTo(1);
    const plain = Buffer.from(template!.known.buffer).toString('base64').slice(0, 60);
    expect(row!.sealed.replaceAll('\n', '')).not.toContain(plain);
    const audit = await store.query<{ body: string }>('select body from consent_audit');
    expect(audit.some(({ body }) => body.includes(row!.sealed.slice(0, 40)) || body.includes(plain))).toBe(
      false,
    );
    expect(await ask('SHOW FACES', gated.as('mia'))).toContain(name);
    expect(await ask('SHOW FACES')).toContain('is for moderators');
  });

  test.each([
    ['no evidence', 'IDENTITY "passport"', 'EVIDENCE is missing'],
    ['no identity', 'EVIDENCE "consent.pdf"', 'IDENTITY is missing'],
    ['neither', '', 'EVIDENCE, IDENTITY is missing'],
  ])("is not asked for without the person's own consent: %s", async (_, clauses, words) => {
    const { name, face } = somebody();
    const picture = await file(`FACES ${face}`);
    expect(await ask(`REMEMBER FACE OF "${name}" FROM "${picture}" ${clauses}`)).toContain(words);
    expect(
      await ask(`REMEMBER FACE OF "${name}" FROM "${picture}" EVIDENCE "${picture}" IDENTITY "passport"`),
    ).toContain('the picture cannot be the evidence');
    expect(await peopleCalled(store, name)).toEqual([]);
    expect(await evidence(face)).toEqual([]);
  });

  test.each([
    ['FACES one, two', 'there are 2 faces in the picture'],
    ['a landscape', 'no face can be found'],
    ['FACES broken', 'cut short or damaged'],
  ])('is not asked for with a picture that does not do: %s', async (text, words) => {
    const { name } = somebody();
    const picture = await file(text);
    expect(
      await ask(`REMEMBER FACE OF "${name}" FROM "${picture}" EVIDENCE "consent.pdf" IDENTITY "passport"`),
    ).toContain(words);
  });

  test('rests on evidence that is proved with the register: swapped or gone, it is told', async () => {
    const leave = `leave-${crypto.randomUUID()}.pdf`;
    await writeFile(join(gated.folder, leave), `I agree: ${leave}`);
    const { name, face } = somebody();
    const request = idIn(
      await ask(
        `REMEMBER FACE OF "${name}" FROM "${await file(`FACES ${face}`)}" EVIDENCE "${leave}" IDENTITY "passport"`,
      ),
    );
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await ask(`APPROVE ${request}`, gated.as('noor'));
    const problems = async () =>
      (await verifyConsent(store, testSigner())).problems.filter((each) => each.includes('face'));
    expect(await problems()).toEqual([]);
    const lies = `position($1 in encode(bytes, 'escape')) > 0`;
    await store.query(`update consent_evidence set bytes = bytes || '!' where ${lies}`, [leave]);
    expect(await problems()).toEqual([expect.stringMatching(new RegExp(`${request} of .* was changed$`))]);
    await store.query(`delete from consent_evidence where ${lies}`, [leave]);
    expect(await problems()).toEqual([expect.stringMatching(new RegExp(`${request} of .* is gone$`))]);
    await ask(`FORGET FACE OF "${name}"`);
    expect(await problems()).toEqual([]);
  });

  test('is not remembered by a picture that was swapped since it was shown', async () => {
    const { name, face } = somebody();
    const request = await requestFor(name, await file(`FACES ${face}`));
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await store.query(
      `update consent_evidence set bytes = 'FACES another' where position($1 in encode(bytes, 'escape')) > 0`,
      [face],
    );
    expect(await ask(`APPROVE ${request}`, gated.as('noor'))).toContain('is gone, or another than was shown');
  });

  test('is forgotten at once, by whoever asked and by moderators, and so is a picture that waits', async () => {
    const { name, person, request } = await remembered();
    const stranger = { ...gated.asker, user: 'stranger' };
    expect(await ask(`FORGET FACE OF "${name}"`, stranger)).toContain('PQL548');
    expect(await ask(`FORGET FACE OF "${name}"`)).toContain('is not looked for any more');
    expect(await store.query('select 1 from face_templates where person_id = $1', [person])).toEqual([]);
    expect(await ask(`FIND REQUEST ${request}`)).toContain('revoked');
    expect(await ask(`FORGET FACE OF "${name}"`)).toContain('PQL549');
    const other = somebody();
    await requestFor(other.name, await file(`FACES ${other.face}`));
    expect(await ask(`FORGET FACE OF "${other.name}"`)).toContain('taken back');
    expect(await evidence(other.face)).toEqual([]);
  });

  test('goes with everything else when a person asks for erasure', async () => {
    const { name, person } = await remembered();
    const request = /(r\d+) asks the moderators to delete/.exec(await ask(`OPT OUT "${name}" ERASE`))![1];
    await ask(`APPROVE ${request}`, gated.as('mia'));
    expect(await store.query('select 1 from face_templates where person_id = $1', [person])).toHaveLength(1);
    await ask(`APPROVE ${request}`, gated.as('noor'));
    expect(await store.query('select 1 from face_templates where person_id = $1', [person])).toEqual([]);
  });
});

describe('a file from outside', () => {
  test('that shows somebody who gave no leave here is refused by name, and looked at once', async () => {
    const { name, face, person } = await remembered();
    const { failure, job, clip } = await trimmed(`nobody, ${face}`);
    expect(failure).toMatchObject({
      code: 'PQL542',
      message: expect.stringMatching(new RegExp(`^${name}, whose face is in v\\d+ \\(${clip}\\), gave this`)),
      hint: expect.stringContaining(`CLAIM NAMESAKE "${name}" FOR "v`),
    });
    const before = faces.looks.all;
    expect(await gated.codes(`TRIM "${clip}" UNTIL 2s`)).toEqual(['PQL542']);
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person);
    await gated.consent.admit(job);
    expect(await gated.codes(`TRIM "${clip}" UNTIL 2s`)).toEqual([]);
    await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
    await expect(gated.consent.admit(job)).rejects.toMatchObject({
      code: 'PQL540',
      message: expect.stringContaining('asked not to be shown'),
    });
    expect(faces.looks.all).toBe(before);
  });

  test('that may show somebody is a question for a moderator, about these bytes', async () => {
    const { name, face } = await remembered();
    const { failure, job, clip } = await trimmed(`0.5 ${face}`);
    expect(failure).toMatchObject({
      code: 'PQL544',
      message: expect.stringContaining(`a face that may be that of ${name} in v`),
    });
    const request = idIn(failure!.hint);
    expect(await gated.codes(`TRIM "${clip}" UNTIL 2s`)).toEqual(['PQL544']);
    expect(await ask(`APPROVE ${request}`)).toContain('moderators decide');
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await gated.consent.admit(job);
    expect(await gated.codes(`TRIM "${clip}" UNTIL 2s`)).toEqual([]);
  });

  test('that a moderator refused stays refused, with the reason', async () => {
    const { face } = await remembered();
    const { failure, job } = await trimmed(`0.4 ${face}`);
    await ask(`DENY ${idIn(failure!.hint)} BECAUSE "it is her"`, gated.as('mia'));
    await expect(gated.consent.admit(job)).rejects.toMatchObject({
      code: 'PQL545',
      message: expect.stringContaining('it is her'),
    });
  });

  test('that shows somebody else who looks the same can be claimed by its id', async () => {
    const { name, face } = await remembered();
    const { failure, job } = await trimmed(face);
    const id = /FOR "(v\d+)"/.exec(failure!.hint)![1];
    const request = idIn(await ask(`CLAIM NAMESAKE "${name}" FOR "${id}" BECAUSE "her twin"`));
    await expect(gated.consent.admit(job)).rejects.toMatchObject({ code: 'PQL542' });
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await gated.consent.admit(job);
  });

  test.each([
    ['0.32', null],
    ['0.34', 'PQL544'],
    ['0.61', 'PQL544'],
    ['0.63', 'PQL542'],
  ])('is judged by how near the faces are: %s', async (near, code) => {
    const { face } = await remembered();
    expect((await trimmed(`${near} ${face}`)).failure?.code ?? null).toBe(code);
  });

  test('with more faces than are looked at is a question', async () => {
    await remembered();
    expect((await trimmed('crowd')).failure).toMatchObject({
      code: 'PQL544',
      message: expect.stringContaining('more faces than are looked at'),
    });
  });

  test('is looked at anew when somebody else is remembered', async () => {
    await remembered();
    const { face, name } = somebody();
    const { failure, job } = await trimmed(face);
    expect(failure).toBe(null);
    const request = await requestFor(name, await file(`FACES ${face}`));
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await ask(`APPROVE ${request}`, gated.as('noor'));
    await expect(gated.consent.admit(job)).rejects.toMatchObject({ code: 'PQL542' });
  });

  test('is held when somebody whose face is in it opts out, and so is what was made from it', async () => {
    const { name, face, person } = await remembered();
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person);
    const { job, failure } = await trimmed(face);
    expect(failure).toBe(null);
    await gated.make(job);
    await ask(`OPT OUT "${name}"`);
    expect(await store.query('select 1 from held_for where person_id = $1', [person])).toHaveLength(2);
  });

  test('is refused where nothing can look, so that leaving that out is no way around', async () => {
    const { face } = await remembered();
    const blind = await openGated(store);
    const clip = join(blind.folder, 'clip.mp4');
    await writeFile(clip, `FACES ${face}`);
    await blind.start(`TRIM "${clip}" UNTIL 1s`);
    await expect(blind.consent.admit(await blind.take())).rejects.toMatchObject({ code: 'PQL552' });
    await blind[Symbol.asyncDispose]();
  });
});

describe('what leaves', () => {
  test('is judged by what it was made from, whenever that was', async () => {
    const { face, name } = somebody();
    const { job } = await trimmed(face);
    await gated.make(job, `film ${face}`);
    const [made] = await store.query<{ hash: string }>('select result as hash from jobs where id = $1', [
      job.id,
    ]);
    const may = () => gated.consent.mayLeave(gated.asker.workspace, made!.hash);
    expect(await may()).toBe(null);
    const request = await requestFor(name, await file(`FACES ${face}`));
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await ask(`APPROVE ${request}`, gated.as('noor'));
    expect(await may()).toContain(`${name}, whose face is in v`);
  });
});

describe('what is generated', () => {
  /** Words that no other statement says. */
  const walk = () => `a walk ${crypto.randomUUID()}`;
  /** A claimed GENERATE, and its result in which somebody is seen. */
  const generated = async (source: string, seen: string, more: Partial<Claimed> = {}) => {
    await gated.start(source);
    const job = { ...(await gated.take()), ...more };
    const path = join(gated.folder, await file(`FACES ${seen}`));
    const result = { path, facts: fakeFilm('', '', 4).facts, hash: async () => 'a'.repeat(64) };
    return { job, judge: () => gated.consent.seen(job, result as never) };
  };

  test('with a CAST is looked at: it may show who is cast, and nobody else who is remembered', async () => {
    const [cast, other] = [await remembered(), await remembered()];
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, cast.person);
    const right = await generated(`GENERATE "${walk()}" CAST "${cast.name}"`, cast.face);
    await right.judge();
    const wrong = await generated(`GENERATE "${walk()}" CAST "${cast.name}"`, `${cast.face}, ${other.face}`);
    await expect(wrong.judge()).rejects.toMatchObject({
      code: 'PQL542',
      message: `${other.name}, whose face is in the result, gave this workspace no leave to be shown`,
    });
    const near = await generated(`GENERATE "${walk()}" CAST "${cast.name}"`, `0.5 ${other.face}`);
    await expect(near.judge()).rejects.toMatchObject({ code: 'PQL544' });
  });

  test('without a CAST and from nothing is not looked at', async () => {
    const { face } = await remembered();
    const before = faces.looks.all;
    await (await generated(`GENERATE "${walk()}"`, face)).judge();
    expect(faces.looks.all).toBe(before);
  });

  test('from a picture with a face that nobody named is a question, whoever is remembered', async () => {
    const clip = await file('FACES stranger');
    await gated.start(`TRIM "${clip}" UNTIL 1s`);
    const { inputs } = await gated.take();
    const { job } = await generated(`GENERATE "${walk()}"`, 'stranger', { inputs });
    const refused = await gated.consent.admit(job).then(
      () => null,
      (error: { code: string; message: string; hint: string }) => error,
    );
    expect(refused).toMatchObject({
      code: 'PQL544',
      message: expect.stringContaining('a face of which nobody said whose it is in v'),
    });
    const request = idIn(refused!.hint);
    expect(await ask(`FIND REQUEST ${request}`, gated.as('mia'))).toContain('a face in v');
    await ask(`APPROVE ${request}`, gated.as('mia'));
    await gated.consent.admit(job);
  });
});

describe('what begins with a picture', () => {
  type Refusal = { code: string; message: string; hint: string };
  const walk = () => `a walk ${crypto.randomUUID()}`;
  const picture = async (seen: string): Promise<string> => {
    const name = `${crypto.randomUUID()}.png`;
    await writeFile(join(gated.folder, name), `FACES ${seen}\n${crypto.randomUUID()}`);
    return name;
  };
  const admitted = (job: Claimed) =>
    gated.consent.admit(job).then(
      () => null,
      (error: Refusal) => error,
    );
  /** The claimed GENERATE of a statement, once what comes before it was made, of these bytes. */
  const generating = async (source: string, before: readonly string[] = []): Promise<Claimed> => {
    await gated.start(source);
    for (const bytes of before) {
      const job = await gated.take();
      expect([job.operation, await admitted(job)]).toEqual([job.operation, null]);
      await gated.make(job, `${bytes}\n${crypto.randomUUID()}`);
    }
    const job = await gated.take();
    expect(job.operation).toBe('generate');
    return job;
  };

  test('may not show somebody who opted out, and no request can make it', async () => {
    const { name, face } = await remembered();
    await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
    const photo = await picture(face);
    expect(await admitted(await generating(`GENERATE "${walk()}" FROM "${photo}"`))).toMatchObject({
      code: 'PQL540',
      message: expect.stringContaining(`${name}, whose face is in i`),
    });
    // What was seen once is told before anything runs.
    expect(await gated.codes(`GENERATE "${walk()}" FROM "${photo}"`)).toEqual(['PQL540']);
  });

  test('may show somebody under a grant, and nobody without one', async () => {
    const { face, person } = await remembered();
    const photo = await picture(face);
    const job = await generating(`GENERATE "${walk()}" FROM "${photo}"`);
    expect(await admitted(job)).toMatchObject({ code: 'PQL542' });
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person);
    expect(await admitted(job)).toBe(null);
  });

  test('asks a moderator about a face that nobody named, once for a picture', async () => {
    const photo = await picture('a stranger');
    const refused = await admitted(await generating(`GENERATE "${walk()}" FROM "${photo}"`));
    expect(refused).toMatchObject({
      code: 'PQL544',
      message: expect.stringContaining('a face of which nobody said whose it is in i'),
    });
    await ask(`APPROVE ${idIn(refused!.hint)}`, gated.as('mia'));
    expect(await admitted(await generating(`GENERATE "${walk()}" FROM "${photo}"`))).toBe(null);
    const other = await picture('a stranger');
    expect(await admitted(await generating(`GENERATE "${walk()}" FROM "${other}"`))).toMatchObject({
      code: 'PQL544',
    });
  });

  test('passes without a face in it', async () => {
    const plain = `${crypto.randomUUID()}.png`;
    await writeFile(join(gated.folder, plain), `a landscape ${plain}`);
    expect(await admitted(await generating(`GENERATE "${walk()}" FROM "${plain}"`))).toBe(null);
  });

  test('is judged by the very frame of a clip, whatever else is in it, and moderators decide about the clip', async () => {
    const clip = await file('a landscape');
    const source = `GENERATE "${walk()}" FROM "${clip}"`;
    const refused = await admitted(await generating(source, ['FACES a stranger']));
    expect(refused).toMatchObject({
      code: 'PQL544',
      message: expect.stringMatching(new RegExp(`nobody said whose it is in v\\d+ \\(${clip}\\)`)),
    });
    await ask(`APPROVE ${idIn(refused!.hint)}`, gated.as('mia'));
    expect(
      await admitted(await generating(`GENERATE "${walk()}" FROM "${clip}"[1s..2s]`, ['FACES a stranger'])),
    ).toBe(null);
  });

  test.each([
    ['cut', (clip: string) => `TRIM "${clip}" UNTIL 1s`],
    ['graded', (clip: string) => `GRADE "${clip}" LOOK noir`],
    ['stitched', (clip: string) => `STITCH "${clip}" + "${clip}"`],
  ])('is not got round by a clip that was %s before', async (_, of) => {
    const clip = await file('FACES nobody in particular');
    const source = `${of(clip)} | GENERATE "${walk()}"`;
    expect(
      await admitted(await generating(source, ['made of it', 'FACES nobody in particular'])),
    ).toMatchObject({
      code: 'PQL544',
    });
  });

  test('is not got round by a clip that took more steps than a film tells of', async () => {
    const clip = await file('FACES nobody in particular');
    const name = `cut${crypto.randomUUID().slice(0, 8)}`;
    await gated.start(`TRIM "${clip}" UNTIL 1s AS ${name}`);
    await gated.make(await gated.take(), `FACES nobody in particular ${name}`);
    const columns =
      'workspace, run_id, position, statement, operation, version, arguments, models, lane, gives, effect, title, recipe, state';
    const [last] = await store.query<{ id: number }>(
      `with first as (select jobs.* from names join media on media.id = media_id join jobs on jobs.id = job_id where names.name = $1),
       steps as (
         insert into jobs (number, step, ${columns})
         select 1_000_000 + at, 'step' || at, ${columns}
         from first, generate_series(1, 300) as at returning id),
       chained as (
         insert into job_inputs (job_id, position, role, from_job)
         select id, 0, 'operand', coalesce(lag(id) over (order by id), (select id from first)) from steps)
       select max(id) as id from steps`,
      [name],
    );
    await store.query(
      'update media set job_id = $2 from names where media_id = media.id and names.name = $1',
      [name, last!.id],
    );
    const source = `GENERATE "${walk()}" FROM ${name}`;
    expect(await admitted(await generating(source, ['FACES nobody in particular']))).toMatchObject({
      code: 'PQL544',
    });
  });

  test.each([
    ['the clip that it was cut from', (clip: string) => clip],
    ['what the clip had become in between', (_: string, between: string) => between],
    ['the group that cut it first', (_clip: string, _between: string, group: string) => group],
  ])('is not got round by removing %s', async (_, removed) => {
    const clip = await file('FACES nobody in particular');
    const word = crypto.randomUUID().slice(0, 8);
    const cut = async (of: string, name: string) => {
      const { number } = await gated.start(`TRIM ${of} UNTIL 1s AS ${name}`);
      await gated.make(await gated.take(), `FACES nobody in particular ${name}`);
      return `g${number}`;
    };
    const group = await cut(`"${clip}"`, `between${word}`);
    await cut(`between${word}`, `last${word}`);
    const [{ id }] = (await store.query<{ id: string }>(
      `select letter || number as id from media where source = $1`,
      [clip],
    )) as [{ id: string }];
    await ask(`REMOVE ${removed(id, `between${word}`, `GROUP ${group}`)}`, gated.as('mia'));
    const source = `GENERATE "${walk()}" FROM last${word}`;
    expect(await admitted(await generating(source, ['FACES nobody in particular']))).toMatchObject({
      code: 'PQL544',
    });
  });

  test('of a film that was made here from nothing no face is asked about', async () => {
    const source = `GENERATE "${walk()}" | GENERATE "${walk()}"`;
    expect(await admitted(await generating(source, ['a film', 'FACES drawn']))).toBe(null);
  });

  test('is held when somebody whose face is in it opts out later', async () => {
    const { name, face, person } = await remembered();
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person);
    const photo = await picture(face);
    const job = await generating(`GENERATE "${walk()}" FROM "${photo}"`);
    expect(await admitted(job)).toBe(null);
    await gated.make(job);
    await ask(`OPT OUT "${name}"`);
    const held = await store.query<{ letter: string }>(
      'select letter from held_media join held_for on held_for.media_id = held_media.id where person_id = $1 order by letter',
      [person],
    );
    expect(held.map(({ letter }) => letter)).toEqual(['i', 'v']);
    expect(await gated.codes(`GENERATE "${walk()}" FROM "${photo}"`)).toContain('PQL546');
  });

  test('is refused for a name in the name of the file', async () => {
    const { name } = somebody();
    await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
    const photo = `${name}.png`;
    await writeFile(join(gated.folder, photo), 'a landscape');
    expect(await gated.codes(`GENERATE "${walk()}" FROM "${photo}"`)).toContain('PQL540');
  });
});

describe('keys', () => {
  test('that were rotated open what older ones sealed, seal it anew, and can then be put away', async () => {
    const { person, name } = await remembered();
    const known = async () =>
      (await openTemplates(store, gated.consent.faces!.keys)).find((each) => each.person === person)?.known;
    const before = await known();
    const [old, fresh] = [faces.keys, Buffer.alloc(32, 7).toString('base64')];
    faces.keys = `${fresh},${old}`;
    expect(await ask('SHOW FACES', gated.as('mia'))).toContain(name);
    faces.keys = fresh;
    expect(await known()).toEqual(before);
    faces.keys = old;
    const answer = await gated.ask('SHOW FACES', gated.as('mia'));
    expect(answer.type === 'table' && answer.hint).toContain('sealed with the key');
    await expect(known()).rejects.toMatchObject({
      code: 'PQL551',
      hint: expect.stringContaining('PQL_FACES_KEY'),
    });
    faces.keys = fresh;
  });

  test('do not open a template that was copied to somebody else, or changed', async () => {
    const [one, other] = [await remembered(), await remembered()];
    const swap = (from: number, to: number) =>
      store.query(
        `update face_templates set sealed = (select sealed from face_templates where person_id = $1) where person_id = $2`,
        [from, to],
      );
    const [kept] = await store.query<{ sealed: string }>(
      `select encode(sealed, 'base64') as sealed from face_templates where person_id = $1`,
      [other.person],
    );
    await swap(one.person, other.person);
    await expect(openTemplates(store, gated.consent.faces!.keys)).rejects.toMatchObject({ code: 'PQL551' });
    await store.query(
      `update face_templates set sealed = set_byte(decode($2, 'base64'), 40, 0) where person_id = $1`,
      [other.person, kept!.sealed],
    );
    await expect(openTemplates(store, gated.consent.faces!.keys)).rejects.toMatchObject({ code: 'PQL551' });
    await store.query('delete from face_templates where person_id = $1', [other.person]);
  });
});
