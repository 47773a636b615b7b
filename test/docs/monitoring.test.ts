import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openPrometheus } from '../../engine/metrics/prometheus.ts';
import type { Store } from '../../engine/store/port.ts';

test('docs/monitoring.md names every metric of ours, and none that is not there', async () => {
  const away: Store = {
    ...{ query: () => Promise.reject(), script: () => Promise.reject(), transaction: () => Promise.reject() },
    [Symbol.asyncDispose]: async () => {},
  };
  const text = await openPrometheus(away).text();
  const there = [...text.matchAll(/^# TYPE (watchai_\w+)/gm)].map(([, name]) => name);
  const page = readFileSync(new URL('../../docs/monitoring.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/^\|.*$/gm)].flatMap(([row]) => row.match(/watchai_\w+/g) ?? []);
  expect(there.length).toBeGreaterThan(12);
  expect([...new Set(named)].sort()).toEqual(there.sort());
});
