import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import type { Answer } from '../../../engine/answer.ts';
import type { Asker } from '../../../engine/asker.ts';
import { lockHead, raiseEpoch } from '../../../engine/consent/audit/append.ts';
import { createFinder } from '../../../engine/consent/gate/finder.ts';
import { enterSomebody } from '../../../engine/consent/registry/people.ts';
import { grantTo, publicFigure } from '../../fakes/consent.ts';
import { openGated, wordsOf } from '../../fakes/gated.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';

const { store, gated } = await openGatedStore();

let workspaces = 0;
/** Somebody in a workspace where nothing was made yet. */
const anAsker = (): Asker => ({ ...gated.asker, workspace: `${gated.asker.workspace}-${++workspaces}` });
const fresh = () => `Zelda ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
const clip = async (inside: string, name: string = crypto.randomUUID()): Promise<string> => {
  await writeFile(
    join(gated.folder, `${name}.mp4`),
    `${inside.replaceAll(/^/gm, 'WORDS ')}\n${crypto.randomUUID()}`,
  );
  return `${name}.mp4`;
};
const made = async (source: string, as: Asker): Promise<void> => {
  await gated.start(source, as);
  const job = await gated.take();
  await gated.consent.admit(job);
  await gated.make(job);
};
/** Somebody who may be named, since nobody said anything of them. */
const privately = (name: string) =>
  store.transaction(async (queries) => {
    await lockHead(queries);
    return enterSomebody(queries, name, 'test', await raiseEpoch(queries));
  });
const usesOf = (name: string, as: Asker): Promise<Answer> => gated.ask(`USES OF "${name}"`, as);
/** `v1 | named | named in the title`, without the moments. */
const rowsOf = (answer: Answer): string[] =>
  answer.type === 'table' ? answer.rows.map(([what, state, , says]) => [what, state, says].join(' | ')) : [];
const hintOf = (answer: Answer) => (answer.type === 'table' ? answer.hint : wordsOf(answer));

describe('what names somebody without their leave', () => {
  test.each([
    ['the title', 'about the title: here is NAME'],
    ['chapter 2', 'about chapter 2: NAME sings'],
    ['subtitle track 1 (eng)', 'spoken subtitle track 1 (eng): and then NAME came'],
    ['the closed captions', 'carried the closed captions: NAME!'],
    ['the title and subtitle track 1', 'spoken subtitle track 1: NAME!\nabout the title: NAME'],
    [
      'chapter 1, chapter 2, chapter 3 and 2 more',
      [1, 2, 3, 4, 5].map((n) => `about chapter ${n}: NAME`).join('\n'),
    ],
  ])('is listed with its place inside of the file: %s', async (place, inside) => {
    const [name, as] = [fresh(), anAsker()];
    await privately(name);
    await made(`TRIM "${await clip(inside.replaceAll('NAME', name))}" UNTIL 1s`, as);
    expect(rowsOf(await usesOf(name, as))).toEqual([`v1 | named | named in ${place}`]);
  });

  test('is listed by its prompt, its file name, and the file that it was written to, the newest first', async () => {
    const [name, as] = [fresh(), anAsker()];
    await privately(name);
    await made(`GENERATE "a portrait of ${name}"`, as);
    await gated.start(`STITCH "${await clip('', name)}" + "${await clip('')}"`, as);
    const stitch = await gated.take();
    await gated.make(stitch);
    await store.query(
      `insert into exports (workspace, path, hash, job_id) select workspace, $2, result, id from jobs where id = $1`,
      [stitch.id, `/films/${encodeURIComponent(name)}/final.mp4`],
    );
    const rows = rowsOf(await usesOf(name, as));
    expect(rows).toContain('v1 | named | named in its prompt');
    expect(rows).toContain('v2 | named | named in its file name');
    expect(rows).toContain('v4 | named | named in the file that it was written to');
    expect(rows.map((row) => row.slice(0, 2))).toEqual(['v4', 'v2', 'v1']);
  });

  test('is told apart from what only may be meant, and subtitles that only may mean somebody are left out', async () => {
    const [name, as] = [fresh(), anAsker()];
    await publicFigure(store, name);
    const part = `Ms ${name.split(' ')[1]}`;
    for (const place of ['about the title', 'spoken subtitle track 1']) {
      await gated.start(`TRIM "${await clip(`${place}: ${part}`)}" UNTIL 1s`, as);
      await gated.consent.admit(await gated.take()).catch(() => {});
    }
    expect(rowsOf(await usesOf(name, as))).toEqual(['v1 | may be named | may be named in the title']);
  });

  test('is listed once where it was made by their leave', async () => {
    const [name, as] = [fresh(), anAsker()];
    const person = await publicFigure(store, name);
    await grantTo({ store, signer: gated.signer }, as.workspace, person);
    await made(`GENERATE "a portrait of ${name}"`, as);
    const rows = rowsOf(await usesOf(name, as)).filter((row) => row.startsWith('v1'));
    expect(rows).toEqual([`v1 | seen | a portrait of ${name}`]);
  });

  test('is left out where a moderator said that it means a namesake', async () => {
    const [name, as] = [fresh(), anAsker()];
    await gated.ask(`OPT OUT "${name}"`, as);
    await gated.start(`TRIM "${await clip(`about the title: ${name}`)}" UNTIL 1s`, as);
    await gated.consent.admit(await gated.take()).catch(() => {});
    expect(rowsOf(await usesOf(name, as))).toEqual(['v1 | named | named in the title']);
    const said = wordsOf(await gated.ask(`CLAIM NAMESAKE "${name}" FOR "v1" BECAUSE "my aunt"`, as));
    await gated.ask(`APPROVE ${/r\d+/.exec(said)![0]}`, {
      ...as,
      user: 'mia',
      roles: ['asker', 'moderator'],
    });
    expect(rowsOf(await usesOf(name, as))).toEqual([]);
  });

  test('is never that of another workspace, even where both have the same bytes', async () => {
    const [name, as, other] = [fresh(), anAsker(), anAsker()];
    await privately(name);
    const source = `TRIM "${await clip(`about the title: ${name}`, name)}" UNTIL 1s`;
    await made(source, other);
    await made(`GENERATE "a portrait of ${name}"`, other);
    expect(rowsOf(await usesOf(name, as))).toEqual([]);
    await made(source, as);
    const own = ['v2 | named | named in its recipe', 'v1 | named | named in its file name and the title'];
    expect(rowsOf(await usesOf(name, as))).toEqual(own);
    for (const role of ['moderator', 'admin'] as const)
      expect(rowsOf(await usesOf(name, { ...as, user: 'mia', roles: ['asker', role] }))).toEqual(own);
  });
});

test('says which files nobody has read yet', async () => {
  const [name, as] = [fresh(), anAsker()];
  await privately(name);
  await gated.start(`PROBE "${await clip(`about the title: ${name}`)}"`, as);
  await gated.take();
  const answer = await usesOf(name, as);
  expect(rowsOf(answer)).toEqual([]);
  expect(hintOf(answer)).toBe(
    'nothing here was made by their leave or names them, and nothing of theirs is held; a file from outside was not read for names yet: that comes before something is made of it',
  );
});

test('looks through the newest results and says so where there are more', async () => {
  const [name, as] = [fresh(), anAsker()];
  await privately(name);
  await made(`GENERATE "a portrait of ${name}"`, as);
  const more = (count: number, from: number) =>
    store.script(`
      with made as (
        insert into artifacts (hash, bytes, kind, facts)
        select encode(sha256(('${name}' || n)::bytea), 'hex'), 1, 'text', '{}' from generate_series(${from}, ${from + count - 1}) as n
        returning hash
      )
      insert into media (workspace, letter, number, hash, bytes)
      select '${as.workspace}', 't', ${from} + row_number() over (), hash, 1 from made`);
  await more(1999, 1);
  const all = await usesOf(name, as);
  expect([rowsOf(all), hintOf(all)]).toEqual([['v1 | named | named in its prompt'], null]);
  await more(1, 3000);
  const newest = await usesOf(name, as);
  expect(rowsOf(newest)).toEqual([]);
  expect(hintOf(newest)).toContain('only the newest 2000 results were looked through');
});

test('finds names as the gate does, in disguise too', async () => {
  const seeing = await openGated(store, { createFinder });
  try {
    const as = { ...seeing.asker, workspace: anAsker().workspace };
    await privately('Zelda Quarrington');
    await seeing.start('GENERATE "a portrait of Ze1da Qu4rringt0n"', as);
    await seeing.make(await seeing.take());
    expect(rowsOf(await seeing.ask('USES OF "Zelda Quarrington"', as))).toEqual([
      'v1 | named | named in its prompt',
    ]);
  } finally {
    await seeing[Symbol.asyncDispose]();
  }
});
