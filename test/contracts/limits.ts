import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Asker } from '../../engine/asker.ts';
import { set } from '../../engine/commands/set.ts';
import { waitingWords } from '../../engine/commands/waiting-words.ts';
import { type Claimed, claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { fail } from '../../engine/jobs/fail.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { whyWaiting } from '../../engine/jobs/why-waiting.ts';
import { refusal } from '../../engine/limits/admission.ts';
import { checkRunBytes } from '../../engine/limits/run-bytes.ts';
import { usedNow } from '../../engine/limits/used-now.ts';
import { lockWorkspace, publishMedia, recordArtifact } from '../../engine/media.ts';
import { openNews } from '../../engine/news.ts';
import { readOverview } from '../../engine/overview/read.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { settingSpecs } from '../../engine/settings/specs.ts';
import { writeSetting } from '../../engine/settings/write.ts';
import type { Store } from '../../engine/store/port.ts';
import { signOfLife } from '../../engine/workers/presence.ts';
import { memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

/** How much somebody may use, and which of their runs come first, on every store. */
export function describeLimits(adapter: string, open: () => Promise<Store>): void {
  describe(`limits (${adapter})`, () => {
    let parts: Parts;
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    beforeEach(() => parts.store.script('truncate workspaces, shares, usage, artifacts, workers cascade'));
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    const act = { operation: 'notify', effect: true, gives: null } as const;
    const ada = (workspace = 'a', user = 'ada'): Asker => ({ ...askerIn(workspace), user });
    const send = (asker: Asker, name = 's') => submit(parts, planOf({ [name]: act }), asker);
    const want = { lane: 'cpu', operations: ['notify'], worker: 'test', lease: 60_000 } as const;
    const next = () => claim(parts.store, want);
    /** Somebody lives who serves the lane. */
    const attend = () =>
      signOfLife(
        parts.store,
        {
          ...{ id: 'w', host: 'h', pid: 1, slots: { cpu: 1 } },
          can: { operations: { notify: 1 }, models: [], provider: null, schema: '9999' },
        },
        { draining: false, pressure: null },
      );
    const limit = async (where: string, name: string, value: string) => {
      const admin = { ...askerIn(where), roles: ['admin'] as const };
      expect(await writeSetting(parts.store, admin, settingSpecs(4), name, value)).toBeNull();
    };
    /** Lets an asker have used so many minutes, so many hours ago. */
    const used = async (asker: string, minutes: number, hours: number) => {
      for (const who of new Set(['', asker]))
        await parts.store.query(
          `insert into usage (workspace, asker, hour, seconds)
           values ('a', $1, date_trunc('hour', now()) - $3::integer * interval '1 hour', $2)
           on conflict (workspace, asker, hour) do update set seconds = usage.seconds + excluded.seconds`,
          [who, minutes * 60, hours],
        );
    };
    const keep = (asker: string, bytes: number) =>
      parts.store.transaction(async (queries) => {
        const hash = crypto.randomUUID().replaceAll('-', '').padEnd(64, '0');
        await lockWorkspace(queries, 'a');
        await recordArtifact(queries, { hash, kind: 'text', facts: textFacts, bytes });
        await publishMedia(queries, {
          ...{ workspace: 'a', hash, kind: 'text', job: null, recipe: null, prompt: null, source: 'x' },
          ...{ asker, work: null },
        });
      });

    test('refuse nothing where nothing is limited', async () => {
      await used('ada', 100_000, 1);
      await keep('ada', 1e12);
      expect(await refusal(parts.store, ada())).toBeNull();
    });

    test('refuse who has used the minutes of a day, and say when some are free again and who can change it', async () => {
      await used('ada', 40, 20);
      await used('ada', 25, 2);
      await limit('a', 'minutes.asker', '60');
      const no = await refusal(parts.store, ada());
      expect(no?.code).toBe('PQL520');
      expect(no?.message).toBe('you have used 65 minutes of work in the last 24 hours, and 60 are allowed');
      expect(no?.hint).toMatch(
        /^some are free again in [34]h \d\dm; moderators can change it: SET minutes.asker$/,
      );
      await expect(send(ada())).rejects.toMatchObject({ code: 'PQL520', kind: 'user' });
      expect(await refusal(parts.store, ada('a', 'bob'))).toBeNull();
      expect(await refusal(parts.store, ada('b'))).toBeNull();
    });

    test('count the minutes of a day only, and those of all askers for the workspace', async () => {
      await used('ada', 100, 24);
      await used('bob', 59, 1);
      await limit('local', 'minutes.workspace', '60');
      expect(await refusal(parts.store, ada())).toBeNull();
      await used('eve', 2, 1);
      expect(await refusal(parts.store, ada())).toMatchObject({
        message: 'this workspace has used 61 minutes of work in the last 24 hours, and 60 are allowed',
        hint: expect.stringContaining('whoever runs this WatchAI can change it at the machine'),
      });
    });

    test('write down what a job used of a worker when it ends, well or not', async () => {
      for (const end of ['done', 'failed'] as const) {
        await send(ada());
        const job = (await next()) as Claimed;
        await parts.store.query(
          `update jobs set claimed_at = now() - interval '90 seconds' where state = 'running'`,
        );
        const failure = { kind: 'permanent', code: 'PQL600', message: '', hint: null } as never;
        if (end === 'done')
          await complete(parts, job, { type: 'effected', path: null, url: null, notes: [] });
        else await fail(parts, job, failure);
      }
      const rows = await parts.store.query<{ asker: string; seconds: number }>(
        'select asker, sum(seconds) as seconds from usage group by asker order by asker',
      );
      expect(rows.map(({ asker }) => asker)).toEqual(['', 'ada']);
      for (const { seconds } of rows) expect(Math.abs(seconds - 180)).toBeLessThan(20);
    });

    test('let what was accepted wait when the minutes of a day are used, and say so', async () => {
      const { run } = await send(ada());
      await used('ada', 61, 3);
      await limit('a', 'minutes.asker', '60');
      expect(await next()).toBeNull();
      const why = await whyWaiting(parts.store, run);
      expect(why).toMatchObject({ because: 'minutes', whose: 'asker' });
      expect(waitingWords(why!)).toMatch(
        /^j1 waits: who asked for it has used as many minutes as SET minutes.asker allows in 24 hours; some are free again in 2[01]h \d\dm$/,
      );
      await attend();
      expect((await readOverview(parts.store)).runs).toMatchObject([{ waits: 'held back by a limit' }]);
      await limit('a', 'minutes.asker', '62');
      expect(await next()).not.toBeNull();
    });

    test('refuse who keeps more than may be kept, until something is removed', async () => {
      await keep('ada', 3e9);
      await keep('bob', 3e9);
      await limit('a', 'bytes.asker', '3GB');
      expect(await refusal(parts.store, ada())).toMatchObject({
        code: 'PQL521',
        message: 'you keep 3.0 GB, and 3.0 GB are allowed',
      });
      await limit('a', 'bytes.asker', '4GB');
      expect(await refusal(parts.store, ada())).toBeNull();
      await limit('local', 'bytes.workspace', '5GB');
      expect((await refusal(parts.store, ada()))?.message).toBe(
        'this workspace keeps 6.0 GB, and 5.0 GB are allowed',
      );
      await parts.store.query(`delete from media where asker = 'bob'`);
      expect(await refusal(parts.store, ada())).toBeNull();
    });

    test('say in words how much is used of each', async () => {
      await used('ada', 41, 1);
      await keep('ada', 2e9);
      expect(await usedNow(parts.store, ada())).toEqual(new Map());
      await limit('a', 'minutes.asker', '60');
      await limit('local', 'bytes.workspace', '5GB');
      expect(Object.fromEntries(await usedNow(parts.store, ada()))).toEqual({
        'minutes.asker': 'you used 41 by now',
        'bytes.workspace': 'this workspace keeps 2.0 GB now',
      });
    });

    test('keep one run from making more than one run may', async () => {
      const text = { operation: 'notify', gives: 'text' } as const;
      const { run } = await submit(parts, planOf({ a: text, b: { ...text, reads: ['a'] } }), ada());
      const job = (await next()) as Claimed;
      await limit('local', 'bytes.run', '1MB');
      await checkRunBytes(parts.store, job, 600_000);
      const hash = 'a'.repeat(64);
      await recordArtifact(parts.store, { hash, kind: 'text', facts: textFacts, bytes: 600_000 });
      await parts.store.query(
        `update jobs set state = 'done', lease_until = null, result = $2 where id = $1`,
        [job.id, hash],
      );
      await expect(checkRunBytes(parts.store, { run, workspace: 'a' }, 600_000)).rejects.toMatchObject({
        ...{ code: 'PQL522', kind: 'user' },
        message: 'this run has made 1.2 MB, and one run may make 1.0 MB',
      });
      await checkRunBytes(parts.store, { run, workspace: 'a' }, 400_000);
    });

    test('give a workspace of weight 3 three turns for one of the others', async () => {
      for (let n = 0; n < 12; n++) for (const workspace of ['a', 'b']) await send(ada(workspace));
      await limit('local', 'turns.weights', 'b 3, c 0.5');
      const taken: (string | undefined)[] = [];
      for (let n = 0; n < 8; n++) taken.push((await next())?.workspace);
      expect(taken.filter((workspace) => workspace === 'b')).toHaveLength(6);
    });

    test('put a run of high priority before the others of its workspace, and take nothing from other workspaces', async () => {
      const moderator: Asker = { ...ada(), roles: ['asker', 'moderator'] };
      const say = (asker: Asker, name: string, value: string) =>
        set({ subject: '', arguments: { name, value }, asker, confirmed: false }, {
          parts,
          settings: settingSpecs(4),
        } as never);
      for (const name of ['one', 'two', 'three']) await send(ada(), name);
      await send(ada('a', 'bob'), 'four');
      await send(ada('b'), 'other');
      await send(ada('b'), 'another');
      expect(await say(ada(), 'g1.priority', 'low')).toMatchObject({ type: 'text' });
      expect(await say(ada(), 'g3.priority', 'high')).toMatchObject({ type: 'refused', code: 'PQL504' });
      expect(await say(ada(), 'g4.priority', 'low')).toMatchObject({ type: 'refused', code: 'PQL504' });
      expect(await say(moderator, 'g3.priority', 'high')).toMatchObject({ type: 'text' });
      expect(await say(moderator, 'g9.priority', 'high')).toMatchObject({ type: 'refused' });
      const taken: (string | undefined)[] = [];
      for (let n = 0; n < 6; n++) {
        const job = await next();
        taken.push(job?.title);
      }
      const ofA = taken.filter((title) => !title?.includes('other'));
      expect(ofA[0]).toBe('PROBE three');
      expect(ofA.at(-1)).toBe('PROBE one');
      // As many turns as without any priority.
      expect(taken.slice(0, 4).filter((title) => title?.includes('other'))).toHaveLength(2);
    });

    test('count for pql top who comes before a run by turns, not by age', async () => {
      for (const name of ['one', 'two', 'three']) await send(ada(), name);
      await send(ada('b'), 'other');
      await attend();
      const waits = Object.fromEntries(
        (await readOverview(parts.store)).runs.map(({ statement, waits }) => [statement, waits]),
      );
      expect(waits).toEqual({
        one: 'next on cpu',
        two: '2 before it on cpu',
        three: '3 before it on cpu',
        other: '1 before it on cpu',
      });
    });

    test('count who is ahead by priority', async () => {
      const first = await send(ada(), 'one');
      await send(ada('a', 'bob'), 'two');
      const last = await send(ada('a', 'bob'), 'three');
      await parts.store.query(`update jobs set priority = 1 where run_id = $1`, [last.run]);
      expect(await whyWaiting(parts.store, first.run)).toMatchObject({
        because: 'turn',
        ahead: { own: 0, here: 2, elsewhere: 0 },
      });
      expect(await whyWaiting(parts.store, last.run)).toMatchObject({
        ahead: { own: 0, here: 0, elsewhere: 0 },
      });
    });
  });
}
