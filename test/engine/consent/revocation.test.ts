import { createHash } from 'node:crypto';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { cardGone, readCard } from '../../../engine/cards/cards.ts';
import { verifyConsent } from '../../../engine/consent/audit/verify.ts';
import { keepEvidence } from '../../../engine/consent/grants/evidence.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { peopleCalled } from '../../../engine/consent/registry/people.ts';
import { heldHashes } from '../../../engine/consent/revocation/hold.ts';
import type { Parameter, Store } from '../../../engine/store/port.ts';
import { grantTo, publicFigure } from '../../fakes/consent.ts';
import { wordsOf } from '../../fakes/gated.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';
import { askerIn } from '../../fakes/plan.ts';

const { store, gated } = await openGatedStore();

const fresh = () => `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
/** What SHOW VIDEOS lists, by id. */
const videos = async (): Promise<unknown[]> => {
  const answer = await gated.ask('SHOW VIDEOS');
  return answer.type === 'table' ? answer.rows.map(([id]) => id) : [];
};
const made = async (source: string): Promise<string> => {
  const before = new Set(await videos());
  await gated.start(source);
  await gated.make(await gated.take());
  return (await videos()).find((id) => !before.has(id)) as string;
};

test('an opt-out while the film is half done: what runs stops, what waits fails, what was made is held', async () => {
  const name = fresh();
  const { run } = await gated.start(
    `GENERATE "${name} wakes" AS a; GENERATE "${name} rests" AS b; STITCH a + b`,
  );
  await gated.make(await gated.take());
  const running = await gated.take();
  const told: number[] = [];
  const listening = gated.parts.news.onStop((job) => told.push(job));
  const said = wordsOf(await gated.ask(`OPT OUT "${name}"`));
  listening[Symbol.dispose]?.();
  expect(said).toMatch(/Stopped: g\d+\. Held: v\d+\. r\d+ tells the moderators/);
  expect(told).toContain(running.id);
  expect(await gated.make(running)).toBe(false);
  const jobs = await store.query<{ state: string; code: string | null }>(
    `select state, failure ->> 'code' as code from jobs where run_id = $1 order by position`,
    [run],
  );
  expect(jobs).toEqual([
    { state: 'done', code: null },
    { state: 'failed', code: 'PQL547' },
    { state: 'cancelled', code: null },
  ]);
});

test('what is held is neither read nor found nor listed, and its bytes stay', async () => {
  const name = fresh();
  const id = await made(`GENERATE "${name} at work" AS portrait`);
  const [row] = await store.query<{ hash: string }>('select hash from media where prompt like $1', [
    `${name}%`,
  ]);
  await gated.ask(`OPT OUT "${name}"`);
  expect(await videos()).not.toContain(id);
  expect((await gated.compile(`TRIM ${id} UNTIL 1s`)).diagnostics).toMatchObject([
    { code: 'PQL546', message: `${id} is held: somebody in it took their consent back` },
  ]);
  expect(await gated.codes('TRIM portrait UNTIL 1s')).not.toEqual([]);
  for (const source of [
    `FIND ${id}`,
    `SEARCH VIDEOS "${name}"`,
    `FROM videos WHERE prompt CONTAINS "${name}"`,
  ])
    expect(wordsOf(await gated.ask(source))).not.toMatch(new RegExp(`\\b${id} \\|`));
  for (const workspace of [gated.asker.workspace, 'elsewhere'])
    expect([...(await heldHashes(store, workspace, [row!.hash]))]).toEqual([row!.hash]);
  await access(await gated.parts.artifacts.path(row!.hash));
  expect(await store.query('select from works where hash = $1', [row!.hash])).toEqual([]);
});

test('whatever was made from it is held too, and the request says what went where', async () => {
  const name = fresh();
  await made(`GENERATE "${name} sings" AS song`);
  const part = await made('TRIM song UNTIL 1s');
  const other = await made('GENERATE "nobody at all"');
  await store.query(
    `insert into exports (workspace, path, hash) select workspace, '/out/song.mp4', hash from media where workspace = $1 and letter || number = $2`,
    [gated.asker.workspace, part],
  );
  const said = wordsOf(await gated.ask(`OPT OUT "${name}"`));
  const request = /r\d+/.exec(said)![0];
  expect(await videos()).not.toContain(part);
  expect(await videos()).toContain(other);
  const shown = wordsOf(await gated.ask(`FIND REQUEST ${request}`, gated.as('mia')));
  expect(shown).toContain(`${request} opt out, open`);
  expect(shown).toContain('file to take back | /out/song.mp4');
  expect(shown).toMatch(/to decide by \| .*h left/);
  expect(wordsOf(await gated.ask(`FIND REQUEST ${request}`))).toContain('PQL548');
  expect(wordsOf(await gated.ask(`USES OF "${name}"`, gated.as('mia')))).toContain('| held |');
});

test('what stands in a chat with it is taken away, and the request says where it stood', async () => {
  const name = fresh();
  const card = async (source: string, message: string) => {
    const { run, number } = await gated.start(source);
    await gated.make(await gated.take());
    const [{ id } = { id: 0 }] = await store.query<{ id: number }>(
      `insert into cards (surface, workspace, run_id, "group", pql, asker, interaction, channel, file_limit, state, posted)
       values ('discord', $1, $2, $3, $4, 'discord:ada', $5, 'C1', 1000, 'finished', $6) returning id`,
      [
        ...[gated.asker.workspace, run, `g${number}`, source, message],
        JSON.stringify([{ channel: 'C1', thread: null, message }]),
      ],
    );
    return { id, group: `g${number}` };
  };
  const shows = await card(`GENERATE "${name} waves"`, 'm1');
  const other = await card('GENERATE "nobody but gulls"', 'm2');
  const [request] = /r\d+/.exec(wordsOf(await gated.ask(`OPT OUT "${name}"`))) ?? [];
  const states = await store.query('select id, state from cards where id = any ($1::bigint[]) order by id', [
    [shows.id, other.id],
  ]);
  expect(states).toEqual([
    { id: shows.id, state: 'leaving' },
    { id: other.id, state: 'finished' },
  ]);
  expect(wordsOf(await gated.ask(`FIND REQUEST ${request}`, gated.as('mia')))).toContain(
    `post that is taken back | ${shows.group} in the channel C1 of discord`,
  );
  // The keeper took its messages away; then it is undone.
  await cardGone(store, shows.id);
  await writeFile(join(gated.folder, 'letter.pdf'), 'she changed her mind');
  const back = await gated.ask(`OPT IN "${name}" EVIDENCE "letter.pdf" IDENTITY "passport"`);
  const [undo] = /r\d+/.exec(wordsOf(back)) ?? [];
  for (const moderator of ['mia', 'noah']) await gated.ask(`APPROVE ${undo}`, gated.as(moderator));
  expect(await readCard(store, shows.id)).toMatchObject({ state: 'finishing', posted: [] });
  expect(await store.query('select state from outbox where card_id = $1', [shows.id])).toEqual([
    { state: 'waiting' },
  ]);
  expect((await readCard(store, other.id))?.state).toBe('finished');
});

test.each([
  ['kept', 'the results of which others use'],
  ['removed', 'whose results went with it'],
])('a card of a removed group is taken away with what it shows: %s', async (which) => {
  const name = fresh();
  const source = `GENERATE "${name} rows" AS row${which}`;
  const { run, number } = await gated.start(source);
  const { id } = (
    await store.query<{ id: number }>(
      `insert into cards (surface, workspace, run_id, "group", pql, asker, interaction, channel, file_limit, state, posted)
     values ('discord', $1, $2, $3, 'RETRY', 'discord:ada', $4, 'C1', 1000, 'living', $5) returning id`,
      [
        ...[gated.asker.workspace, run, `g${number}`, `removed ${which}`],
        JSON.stringify([{ channel: 'C1', thread: null, message: which }]),
      ],
    )
  )[0]!;
  await gated.make(await gated.take());
  if (which === 'kept') await made(`TRIM row${which} UNTIL 1s`);
  expect(wordsOf(await gated.ask(`REMOVE GROUP g${number}`))).toContain('removed');
  expect(await readCard(store, id)).toMatchObject({ run: null, state: 'finishing' });
  const [request] = /r\d+/.exec(wordsOf(await gated.ask(`OPT OUT "${name}"`))) ?? [];
  expect((await readCard(store, id))?.state).toBe('leaving');
  expect(wordsOf(await gated.ask(`FIND REQUEST ${request}`, gated.as('mia')))).toContain(
    `post that is taken back | g${number} in the channel C1 of discord`,
  );
});

test('a file that is held is held under every name', async () => {
  const name = fresh();
  await writeFile(join(gated.folder, `${name}.mp4`), `the bytes of ${name}`);
  await made(`TRIM "${name}.mp4" UNTIL 1s`);
  await gated.ask(`OPT OUT "${name}"`);
  await writeFile(join(gated.folder, 'harmless.mp4'), `the bytes of ${name}`);
  expect(await gated.codes('TRIM "harmless.mp4" UNTIL 1s')).toEqual(['PQL546']);
  expect(
    await gated.codes('TRIM "harmless.mp4" UNTIL 1s', { ...gated.asker, workspace: 'elsewhere' }),
  ).toEqual(['PQL546']);
});

test('it holds in every workspace', async () => {
  const name = fresh();
  const elsewhere = { ...gated.asker, workspace: `${gated.asker.workspace}-2` };
  await gated.start(`GENERATE "${name} far away"`, elsewhere);
  await gated.make(await gated.take());
  await gated.ask(`OPT OUT "${name}"`);
  expect(await store.query('select from media where workspace = $1', [elsewhere.workspace])).toEqual([]);
  expect(
    wordsOf(await gated.ask('SHOW REQUESTS', { ...gated.as('mia'), workspace: elsewhere.workspace })),
  ).toContain(`opt out | ${name}`);
});

test('a grant that is revoked takes what it allowed with it, unless another still allows it', async () => {
  const name = fresh();
  const person = await publicFigure(store, name);
  const tools = { store, signer: gated.signer };
  const first = await grantTo(tools, gated.asker.workspace, person);
  const id = await made(`GENERATE "a walk" CAST "${name}"`);
  expect(wordsOf(await gated.ask(`REVOKE r${first}`))).toContain('PQL548');
  const second = await grantTo(tools, gated.asker.workspace, person);
  expect(wordsOf(await gated.ask(`REVOKE r${first}`, gated.as('mia')))).toContain(
    'nothing was made under it',
  );
  expect(await videos()).toContain(id);
  expect(wordsOf(await gated.ask(`REVOKE r${second} BECAUSE "she asked"`, gated.as('mia')))).toContain(
    `Held: ${id}`,
  );
  expect(await videos()).not.toContain(id);
  expect(wordsOf(await gated.ask(`REVOKE r${second}`, gated.as('mia')))).toContain('does not stand');
  expect(await gated.codes(`GENERATE "a walk" CAST "${name}"`)).toEqual(['PQL543']);
});

test('an opt-out is undone by two moderators on evidence, and what was held comes back with its name', async () => {
  const name = fresh();
  const id = await made(`GENERATE "${name} returns" AS back`);
  await gated.ask(`OPT OUT "${name}"`);
  await writeFile(join(gated.folder, 'letter.pdf'), 'I changed my mind');
  for (const proof of ['', ' EVIDENCE "letter.pdf"', ' IDENTITY "passport"'])
    expect(wordsOf(await gated.ask(`OPT IN "${name}"${proof}`))).toContain('needs more proof');
  const said = wordsOf(await gated.ask(`OPT IN "${name}" EVIDENCE "letter.pdf" IDENTITY "passport"`));
  const request = /r\d+/.exec(said)![0];
  await gated.ask(`APPROVE ${request}`, gated.as('mia'));
  expect(await gated.codes(`GENERATE "${name}"`)).toEqual(['PQL540']);
  expect(wordsOf(await gated.ask(`APPROVE ${request}`, gated.as('noor')))).toContain('what was held is back');
  expect(await gated.codes(`GENERATE "${name}"`)).toEqual([]);
  expect(await videos()).toContain(id);
  expect(await gated.codes('TRIM back UNTIL 1s')).toEqual([]);
  expect(wordsOf(await gated.ask(`SEARCH VIDEOS "${name}"`))).toContain(id);
});

test('what is published while results are looked for is held as well', async () => {
  const name = fresh();
  await gated.start(`GENERATE "${name} leaves"`);
  const running = await gated.take();
  await optOut(store, { name, reason: null, by: gated.asker });
  let published: boolean | null = null;
  const slow: Store = {
    ...store,
    async query<Row>(text: string, parameters?: readonly Parameter[]) {
      const rows = await store.query<Row>(text, parameters);
      // All media have been walked; the job was admitted before anybody said no.
      if (published === null && text.includes('from media')) published = await gated.make(running);
      return rows;
    },
    transaction: (work, options) => store.transaction(work, options),
  };
  const [revoked] = await gated.consent.revoke({ ...gated.parts, store: slow });
  expect(published).toBe(true);
  expect(revoked?.held).toHaveLength(1);
  expect(await store.query('select from media where prompt like $1', [`${name}%`])).toEqual([]);
});

test('a deletion that two moderators approve takes the bytes and the evidence', async () => {
  const name = fresh();
  const person = await publicFigure(store, name);
  const sha256 = createHash('sha256').update(name).digest('hex');
  await keepEvidence(store, { sha256, name: 'consent.pdf', bytes: Buffer.from(name) });
  await grantTo({ store, signer: gated.signer }, gated.asker.workspace, person, {
    evidence: { sha256, name: 'consent.pdf' },
  });
  const id = await made(`GENERATE "${name.replace('Ida', 'Una')} goes"`);
  const other = name.replace('Ida', 'Una');
  const [row] = await store.query<{ hash: string }>(
    'select hash from media where letter || number = $1 and workspace = $2',
    [id, gated.asker.workspace],
  );
  const said = wordsOf(await gated.ask(`OPT OUT "${other}" ERASE`));
  const request = /(r\d+) asks the moderators to delete/.exec(said)![1]!;
  await gated.ask(`APPROVE ${request}`, gated.as('mia'));
  expect(await gated.parts.artifacts.has(row!.hash)).toBe(true);
  expect(wordsOf(await gated.ask(`APPROVE ${request}`, gated.as('noor')))).toContain(
    'deleted, bytes and evidence',
  );
  expect(await gated.parts.artifacts.has(row!.hash)).toBe(false);
  expect(await store.query('select from artifacts where hash = $1', [row!.hash])).toEqual([]);
  const mine = /(r\d+) asks/.exec(wordsOf(await gated.ask(`OPT OUT "${name}" ERASE`)))![1]!;
  for (const user of ['mia', 'noor']) await gated.ask(`APPROVE ${mine}`, gated.as(user));
  expect(await store.query('select from consent_evidence where hash = $1', [sha256])).toEqual([]);
});

test.each([
  ['the first who said no', 0],
  ['the second', 1],
])('a film of two people goes for good at the request of %s', async (_, which) => {
  const names = [fresh(), fresh().replace('Ida', 'Eve')];
  const id = await made(`GENERATE "${names[0]} and ${names[1]} sail" AS sail${which}`);
  const part = await made(`TRIM sail${which} UNTIL 1s`);
  const rows = await store.query<{ hash: string }>(
    'select hash from media where letter || number = any ($1::text[]) and workspace = $2',
    [[id, part], gated.asker.workspace],
  );
  await gated.ask(`OPT OUT "${names[1 - which]}"`);
  const said = wordsOf(await gated.ask(`OPT OUT "${names[which]}" ERASE`));
  for (const name of names)
    expect(wordsOf(await gated.ask(`USES OF "${name}"`, gated.as('mia')))).toMatch(
      new RegExp(`${id} \\| held[^]*${part} \\| held|${part} \\| held[^]*${id} \\| held`),
    );
  const request = /(r\d+) asks the moderators to delete/.exec(said)![1]!;
  for (const user of ['mia', 'noor']) await gated.ask(`APPROVE ${request}`, gated.as(user));
  expect(rows).toHaveLength(2);
  for (const { hash } of rows) expect(await gated.parts.artifacts.has(hash)).toBe(false);
});

test('a single word is no opt-out of an asker, who would take a town from everybody', async () => {
  expect(wordsOf(await gated.ask('OPT OUT "Paris"'))).toContain('PQL548');
  expect(await peopleCalled(store, 'Paris')).toEqual([]);
});

test('words that are no name are no opt-out of an asker, who would take a dog from everybody', async () => {
  for (const words of ['golden retriever', 'New York']) {
    expect(wordsOf(await gated.ask(`OPT OUT "${words}"`))).toContain('a moderator has to enter it');
    expect(await peopleCalled(store, words)).toEqual([]);
  }
  expect(wordsOf(await gated.ask('OPT OUT "Will Oakenhurst"'))).toContain('shown nowhere any more');
});

test('many opt-outs are looked for in one walk, which whoever was killed leaves to the next', async () => {
  const names = Array.from({ length: 40 }, fresh);
  const ids = [await made(`GENERATE "${names[7]} and ${names[23]}"`), await made(`GENERATE "${names[31]}"`)];
  for (const name of names) await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
  // The process that took them dies here; another one sweeps.
  const revoked = await gated.consent.revoke(gated.parts);
  expect(revoked.flatMap(({ held }) => held).sort()).toEqual([ids[0], ...ids].sort());
  expect(await gated.consent.revoke(gated.parts)).toEqual([]);
});

test('the audit tells all of it and holds', async () => {
  expect(
    (await verifyConsent(store, gated.signer)).problems.filter((each) => !each.includes('lost its evidence')),
  ).toEqual([]);
});
