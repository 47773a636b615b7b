import { expect, test } from 'vitest';

import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { grantTo, publicFigure } from '../../fakes/consent.ts';
import { openGated } from '../../fakes/gated.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';
import { askerIn } from '../../fakes/plan.ts';

const { store, gated } = await openGatedStore();

/** A public figure whose name no other test uses, who gave leave here. */
const granted = async (to = gated, until = '2120-01-01T00:00:00.000Z') => {
  const name = `Zoe ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  const person = await publicFigure(store, name);
  await grantTo({ store, signer: to.signer }, to.asker.workspace, person, { until });
  return name;
};

test('a run that passed under a grant when it was judged anew is judged once more when that has ended', async () => {
  let now = new Date('2026-11-28T12:00:00Z');
  const later = await openGated(store, { now: () => now });
  const name = await granted(later, '2026-11-29T00:00:00.000Z');
  await later.start(`GENERATE "fog ${crypto.randomUUID()}"`);
  const job = await later.take();
  // Cast in another of its jobs.
  await store.query(
    `update runs set source = $2, consent_epoch = 0, consent_until = '2026-11-29T00:00:00Z' where id = $1`,
    [job.run, `GENERATE "a walk" CAST "${name}"`],
  );
  await later.consent.admit(job);
  now = new Date('2026-11-29T00:00:00Z');
  await expect(later.consent.admit(job)).rejects.toMatchObject({ code: 'PQL543' });
  await later.make(job);
  await later[Symbol.asyncDispose]();
});

test('a job that rests on a grant is asked about by whoever claims it, and one that names nobody is not', async () => {
  await gated.start(`GENERATE "a walk" CAST "${await granted()}"`);
  const cast = await gated.take();
  await gated.start(`GENERATE "fog ${crypto.randomUUID()}"`);
  const fog = await gated.take();
  expect([cast.admitted, fog.admitted]).toEqual([false, true]);
  for (const job of [cast, fog]) await gated.make(job);
});

test('what was finished under a grant is not recalled once that has ended', async () => {
  const source = `GENERATE "a walk" CAST "${await granted()}"`;
  await gated.start(source);
  await gated.make(await gated.take());
  const states = async (until: string) => {
    const { plan } = await gated.compile(source);
    const { run } = await submit(
      gated.parts,
      { ...plan!, consent: { ...plan!.consent!, until } },
      gated.asker,
    );
    return (await store.query<{ state: string }>('select state from jobs where run_id = $1', [run])).map(
      ({ state }) => state,
    );
  };
  expect(await states('2120-01-01T00:00:00.000Z')).toEqual(['done']);
  expect(await states('2020-01-01T00:00:00.000Z')).toEqual(['ready']);
  await gated.make(await gated.take());
});

test('a run that passed when it was judged anew is judged anew after the next change as well', async () => {
  const name = `Kim ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  await gated.start(`GENERATE "rain ${crypto.randomUUID()}"`);
  const job = await gated.take();
  // What it says and no job of it does.
  await store.query('update runs set source = $2, consent_epoch = 0 where id = $1', [
    job.run,
    `GENERATE "${name} swims"`,
  ]);
  await gated.consent.admit(job);
  await optOut(store, { name, reason: null, by: askerIn('elsewhere') });
  await expect(gated.consent.admit(job)).rejects.toMatchObject({ code: 'PQL540' });
  await gated.make(job);
});
