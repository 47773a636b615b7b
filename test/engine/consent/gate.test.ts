import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ConsentChanged } from '../../../engine/consent/gate/stale.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { enterPeople } from '../../../engine/consent/registry/people.ts';
import type { Store } from '../../../engine/store/port.ts';
import { grantTo, moderatorIn, publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { type Gated, openGated, wordsOf } from '../../fakes/gated.ts';
import { askerIn } from '../../fakes/plan.ts';

let store: Store;
let gated: Gated;
beforeAll(async () => {
  store = await openMemoryStore();
  gated = await openGated(store);
  await publicFigure(store, 'Ann Public');
  await optOut(store, { name: 'Jane Roe', reason: null, by: askerIn('elsewhere') });
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

/** A public figure whose name no other test uses. */
const somebody = async (): Promise<{ name: string; person: number }> => {
  const name = `Zoe ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  return { name, person: await publicFigure(store, name) };
};

describe('at compile', () => {
  test.each([
    ['the prompt', 'GENERATE "Jane Roe at sea"', 'Jane Roe'],
    ['CAST', 'GENERATE "a walk" CAST "Jane Roe"', '"Jane Roe"'],
    ['a backdrop', 'GENERATE "a walk" BACKDROP "the house of Jane Roe"', 'Jane Roe'],
    ['a file to write', 'GENERATE "a walk" TO "out/jane roe.mp4"', '"out/jane roe.mp4"'],
    ['a folder to write to', 'GENERATE "a walk" TO "jane roe/film.mp4"', '"jane roe/film.mp4"'],
    [
      'a link',
      'GENERATE "a walk" TO out/a.mp4 ? https://example.org/Jane%20Roe.mp4',
      'https://example.org/Jane%20Roe.mp4',
    ],
    ['a nested pipeline', 'STITCH ("x") + (GENERATE "Jane Roe")', 'Jane Roe'],
    ['what is only explained', 'EXPLAIN GENERATE "Jane Roe"', 'Jane Roe'],
    ['MAP', 'FROM videos MAP (GENERATE "Jane Roe")', 'Jane Roe'],
    ['the second statement', 'GENERATE "fog"; GENERATE "Jane Roe"', 'Jane Roe'],
  ])('refuses a name in %s, on the very words', async (_, source, words) => {
    const { diagnostics, plan } = await gated.compile(source);
    expect(plan).toBe(null);
    const spans = diagnostics
      .filter(({ code }) => code === 'PQL540')
      .map(({ span }) => source.slice(span.start, span.end));
    expect(spans).toContain(words);
  });

  test.each([
    ['two clauses', 'GENERATE "Jane" BACKDROP "Roe"'],
    ['a pipe', 'GENERATE "Jane" | TRIM UNTIL 1s AS Roe'],
    ['a prompt and a file', 'GENERATE "Jane" TO "Roe.mp4"'],
    ['two statements', 'GENERATE "a picture of Jane"; GENERATE "Roe at sea"'],
  ])('refuses a name split over %s', async (_, source) => {
    expect(await gated.codes(source)).toContain('PQL540');
  });

  test('asking about somebody is no use of them', async () => {
    for (const source of [
      'SEARCH VIDEOS "Jane Roe"',
      'USES OF "Jane Roe"',
      'FROM videos WHERE prompt CONTAINS "Jane Roe"',
    ])
      expect(await gated.codes(source)).toEqual([]);
  });

  test('a public figure needs a grant of this workspace, for this use, at this time', async () => {
    const { name, person } = await somebody();
    expect(await gated.codes(`GENERATE "${name}"`)).toEqual(['PQL541']);
    await grantTo({ store, signer: gated.signer }, 'another', person);
    expect(await gated.codes(`GENERATE "${name}"`)).toEqual(['PQL541']);
    await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person, { uses: ['voice'] });
    expect(await gated.codes(`GENERATE "${name}"`)).toEqual(['PQL543']);
    const number = await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person);
    expect(await gated.codes(`GENERATE "${name}"`)).toEqual([]);
    expect(await gated.codes(`GENERATE "a walk" CAST "${name}" UNDER r${number}`)).toEqual([]);
    expect(await gated.codes(`GENERATE "a walk" CAST "${name}" UNDER r${number - 1}`)).toEqual(['PQL543']);
    expect(await gated.codes(`GENERATE "a walk" CAST "${name}" UNDER r999`)).toEqual(['PQL542']);
  });

  test('CAST needs leave, also of somebody whom nobody knows', async () => {
    const { diagnostics } = await gated.compile('GENERATE "a walk" CAST "Nobody Known"');
    expect(diagnostics).toMatchObject([
      { code: 'PQL542', message: 'Nobody Known gave this workspace no leave to be shown' },
    ]);
  });

  test('EXPLAIN says who may be shown, by which grant', async () => {
    const { name, person } = await somebody();
    const number = await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person, {
      territory: 'Europe',
    });
    const { before } = await gated.compile(`EXPLAIN GENERATE "a walk" CAST "${name}"`);
    expect(before).toMatchObject([
      {
        plan: {
          consent: { shown: [{ name, grant: `r${number}`, terms: 'likeness until 2120-01-01, in Europe' }] },
        },
      },
    ]);
  });

  test('words that may mean somebody are a question for a moderator, once, about this text', async () => {
    const source = `GENERATE "Ms Public at dawn"`;
    const { diagnostics } = await gated.compile(source);
    expect(diagnostics).toMatchObject([
      { code: 'PQL544', hint: expect.stringMatching(/^r\d+ asks the moderators/) },
    ]);
    const id = /^r\d+/.exec(diagnostics[0]!.hint!)![0];
    expect((await gated.compile(source)).diagnostics[0]!.hint).toContain(id);
    expect(wordsOf(await gated.ask(`APPROVE ${id}`, gated.as('ada')))).toContain('PQL548');
    expect(wordsOf(await gated.ask(`APPROVE ${id}`, gated.as('mia')))).toContain('this text may stand');
    expect(await gated.codes(source)).toEqual([]);
    expect(await gated.codes('GENERATE "Ms Public at dusk"')).toEqual(['PQL544']);
    expect(await gated.codes(source, { ...gated.asker, workspace: 'elsewhere' })).toEqual(['PQL544']);
  });

  test('what a moderator denied says why', async () => {
    const source = `GENERATE "Ms Public on a boat"`;
    const { diagnostics } = await gated.compile(source);
    const id = /^r\d+/.exec(diagnostics[0]!.hint!)![0];
    expect(wordsOf(await gated.ask(`DENY ${id}`, gated.as('mia')))).toContain('needs a reason');
    await gated.ask(`DENY ${id} BECAUSE "it is her boat"`, gated.as('mia'));
    expect((await gated.compile(source)).diagnostics).toMatchObject([
      { code: 'PQL545', message: expect.stringContaining('it is her boat') },
    ]);
  });

  test('a script with more that may be a name than can be read is refused, and says what to do', async () => {
    const hurried = await openGated(store, {
      createFinder: async () => ({
        add: () => {},
        remove: () => {},
        across: async () => ({ found: [], unread: true }),
      }),
    });
    const { plan, diagnostics } = await hurried.compile('GENERATE "fog"; GENERATE "a long, long text"');
    expect(plan).toBe(null);
    expect(diagnostics).toMatchObject([
      { code: 'PQL559', hint: expect.stringMatching(/^shorten the text, or run it in several scripts/) },
    ]);
    await hurried[Symbol.asyncDispose]();
  });

  test('a draft with other mistakes asks nobody', async () => {
    await gated.compile('GENERATE "Ms Public at noon" DURATION 4');
    expect(wordsOf(await gated.ask('SHOW REQUESTS', gated.as('mia')))).not.toContain('at noon');
  });

  test('a namesake is decided for one text', async () => {
    const source = 'GENERATE "Jane Roe feeds the ducks"';
    const said = wordsOf(
      await gated.ask('CLAIM NAMESAKE "Jane Roe" FOR "Jane Roe feeds the ducks" BECAUSE "my aunt"'),
    );
    const id = /^r\d+/.exec(said)![0];
    expect(await gated.codes(source)).toEqual(['PQL544']);
    await gated.ask(`APPROVE ${id}`, gated.as('mia'));
    expect(await gated.codes(source)).toEqual([]);
    expect(await gated.codes('GENERATE "Jane Roe feeds the swans"')).toEqual(['PQL540']);
  });

  test('a name in the recipe that a file carries, and in its name', async () => {
    const made = await openGated(store, {
      recipe: 'GENERATE "Jane Roe" SEED 7 | TRIM FROM 1s\n-- watchai 0.1.0',
    });
    await writeFile(join(made.folder, 'clip.mp4'), 'film');
    expect(await made.codes('TRIM "clip.mp4" UNTIL 1s')).toEqual(['PQL540']);
    await made[Symbol.asyncDispose]();
    await writeFile(join(gated.folder, 'Jane Roe.mp4'), 'another film');
    expect(await gated.codes('TRIM "Jane Roe.mp4" UNTIL 1s')).toEqual(['PQL540']);
  });
});

describe('at claim', () => {
  test('a job that was admitted under the same epoch is not judged again', async () => {
    await gated.start(`GENERATE "fog ${crypto.randomUUID()}"`);
    const job = await gated.take();
    await gated.consent.admit(job);
    expect(await gated.make(job)).toBe(true);
  });

  test('an opt-out between compile and claim', async () => {
    const { name } = await somebody();
    const plain = name.replace('Zoe', 'Yan');
    await gated.start(`GENERATE "${plain} in the fog"`);
    await optOut(store, { name: plain, reason: null, by: askerIn('elsewhere') });
    const job = await gated.take();
    await expect(gated.consent.admit(job)).rejects.toMatchObject({
      code: 'PQL540',
      kind: 'user',
      message: `${plain} asked not to be shown`,
    });
    await gated.consent.revoke(gated.parts);
  });

  test('a grant that expires between compile and claim', async () => {
    let now = new Date('2026-11-28T12:00:00Z');
    const later = await openGated(store, { now: () => now });
    const { name, person } = await somebody();
    await grantTo({ store, signer: later.signer }, later.asker.workspace, person, {
      until: '2026-11-29T00:00:00.000Z',
    });
    await later.start(`GENERATE "a walk" CAST "${name}"`);
    const job = await later.take();
    await later.consent.admit(job);
    now = new Date('2026-11-29T00:00:01Z');
    await expect(later.consent.admit(job)).rejects.toMatchObject({
      code: 'PQL543',
      message: expect.stringContaining('ended on 2026-11-29'),
    });
    await later.make(job);
    await later[Symbol.asyncDispose]();
  });

  test('an import after the admission, and another change that has nothing to do with it', async () => {
    const name = `Max ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
    await gated.start(`GENERATE "${name} in the fog"`);
    const job = await gated.take();
    await publicFigure(store, `Other ${name}x`);
    await gated.consent.admit(job);
    await publicFigure(store, name);
    await expect(gated.consent.admit(job)).rejects.toMatchObject({ code: 'PQL541' });
    await gated.make(job);
  });

  test('an opt-out between the look and the commit: nothing is published', async () => {
    const name = `Ned ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
    await gated.start(`GENERATE "${name} in the hail"`);
    const job = await gated.take();
    const admitted = await gated.consent.admit(job);
    await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
    await expect(gated.make(job, undefined, admitted)).rejects.toBeInstanceOf(ConsentChanged);
    expect(await store.query('select from media where prompt like $1', [`${name}%`])).toEqual([]);
    await expect(gated.consent.admit(job)).rejects.toMatchObject({ code: 'PQL540' });
    await gated.consent.revoke(gated.parts);
  });

  test('a change that has nothing to do with it: it is looked at again and published', async () => {
    await gated.start(`GENERATE "hail ${crypto.randomUUID()}"`);
    const job = await gated.take();
    const admitted = await gated.consent.admit(job);
    await publicFigure(store, `Ola ${crypto.randomUUID().replace(/[^a-z]/g, '')}`);
    await expect(gated.make(job, undefined, admitted)).rejects.toBeInstanceOf(ConsentChanged);
    expect(await gated.make(job, undefined, await gated.consent.admit(job))).toBe(true);
  });

  test('a plan that nobody looked at is judged before its first job', async () => {
    const { plan } = await gated.compile('GENERATE "fog and rain"');
    const { submit } = await import('../../../engine/jobs/submit.ts');
    const forged = JSON.parse(JSON.stringify(plan).replaceAll('fog and rain', 'Jane Roe')) as typeof plan;
    await submit(gated.parts, { ...forged!, consent: undefined }, gated.asker);
    await expect(gated.consent.admit(await gated.take())).rejects.toMatchObject({ code: 'PQL540' });
  });

  test('what was finished before is not recalled for whoever has said no since', async () => {
    const name = `Kim ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
    const source = `GENERATE "${name} in the snow"`;
    await gated.start(source);
    await gated.make(await gated.take());
    const { plan } = await gated.compile(source);
    await store.transaction(async (queries) => {
      const { lockHead, raiseEpoch } = await import('../../../engine/consent/audit/append.ts');
      await lockHead(queries);
      const epoch = await raiseEpoch(queries);
      await enterPeople(queries, [{ names: [name], kind: 'public figure', context: [] }], 'test', epoch);
    });
    const { submit } = await import('../../../engine/jobs/submit.ts');
    const { run } = await submit(gated.parts, plan!, gated.asker);
    expect(await store.query('select state from jobs where run_id = $1', [run])).toEqual([
      { state: 'ready' },
    ]);
    await expect(gated.consent.admit(await gated.take())).rejects.toMatchObject({ code: 'PQL541' });
  });

  test('media may leave only as long as nobody in them objects', async () => {
    const name = `Lou ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
    await gated.start(`GENERATE "${name} in the rain"`);
    await gated.make(await gated.take());
    const [row] = await store.query<{ hash: string }>('select hash from media where prompt like $1', [
      `${name}%`,
    ]);
    expect(await gated.consent.mayLeave(gated.asker.workspace, row!.hash)).toBe(null);
    await optOut(store, { name, reason: null, by: moderatorIn('elsewhere', 'mia') });
    expect(await gated.consent.mayLeave(gated.asker.workspace, row!.hash)).toBe(
      `${name} asked not to be shown`,
    );
    await gated.consent.revoke(gated.parts);
    expect(await gated.consent.mayLeave(gated.asker.workspace, row!.hash)).toContain('it is held');
  });
});
