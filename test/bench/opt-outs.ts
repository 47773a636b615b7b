import { optOut } from '../../engine/consent/registry/opt-out.ts';
import { openMemoryStore } from '../fakes/database.ts';
import type { Measured } from './measured.ts';

/** How many people can say no in a minute, one after the other, each in a transaction with its entry in the audit. */
export async function bench(): Promise<Measured[]> {
  const store = await openMemoryStore();
  const by = { workspace: 'bench', user: 'bench' };
  const say = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `Jane ${(from + at).toString(36)}roe`);
  for (const name of say(0, 200)) await optOut(store, { name, reason: null, by });
  const began = process.cpuUsage();
  for (const name of say(200, 1200)) await optOut(store, { name, reason: null, by });
  const { user, system } = process.cpuUsage(began);
  await store[Symbol.asyncDispose]();
  const seconds = (user + system) / 1e6;
  return [
    {
      name: 'opt-outs in a minute of processor time, embedded database',
      value: 60_000 / seconds,
      unit: '/min',
      goal: '>= 10000',
    },
  ];
}
