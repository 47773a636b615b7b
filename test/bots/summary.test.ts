import { expect, test } from 'vitest';

import { type Card, emptyCard, follow } from '../../bots/card.ts';
import { summarise } from '../../bots/summary.ts';
import type { RunEvent } from '../../engine/event.ts';
import { jobOf } from '../fakes/engine.ts';

const url = 'https://example.org/film';

/** A run of one film and what became of it outside. */
function cardOf(...effects: { operation: string; path?: string; url?: string }[]): Card {
  const jobs = [
    jobOf('j1', 'done', { operation: 'generate', result: 'v1' }),
    ...effects.map(({ operation }, index) => jobOf(`j${index + 2}`, 'done', { operation, result: 'v1' })),
  ];
  const events: RunEvent[] = [
    { type: 'accepted', group: 'g1', jobs },
    ...effects.map(({ operation, path, url }, index): RunEvent => {
      const job = `j${index + 2}`;
      const nothing = { hash: null, facts: null, recalled: false, notes: [], words: [] };
      return {
        ...{ type: 'result', group: 'g1', job, operation, result: 'v1' },
        ...nothing,
        ...{ path: path ?? null, url: url ?? null },
      };
    }),
    { type: 'done', group: 'g1', state: 'done', seconds: 1, recalled: 0, ran: 1 },
  ];
  return events.reduce(follow, emptyCard);
}

test('tells a film that was delivered from a call-back that was told', () => {
  const card = cardOf(
    { operation: 'export', path: '/out/f.mp4' },
    { operation: 'deliver', url },
    { operation: 'notify', url },
  );
  expect(summarise(card).results).toEqual(['/out/f.mp4', `delivered to ${url}`, `told ${url}`]);
});

test('a call-back does not hide what was made', () => {
  expect(summarise(cardOf({ operation: 'notify', url })).results).toEqual(['v1', `told ${url}`]);
});

test('says what texts hold, and of which job where there are several', () => {
  const told = (...held: string[][]) => {
    const jobs = held.map((_, index) => jobOf(`j${index + 1}`, 'done', { result: `t${index + 1}` }));
    const nothing = { hash: null, facts: null, recalled: false, notes: [], path: null, url: null };
    const events: RunEvent[] = [
      { type: 'accepted', group: 'g1', jobs },
      ...held.map((words, index): RunEvent => {
        const { id, result } = jobs[index]!;
        return { type: 'result', group: 'g1', job: id, operation: 'probe', result, words, ...nothing };
      }),
      { type: 'done', group: 'g1', state: 'done', seconds: 1, recalled: 0, ran: 1 },
    ];
    return summarise(events.reduce(follow, emptyCard)).words;
  };
  expect(told(['1 shot', '1  0s–1s  start'], [])).toEqual(['1 shot', '1  0s–1s  start']);
  expect(told(['width 64'], ['width 96'])).toEqual(['j1: width 64', 'j2: width 96']);
});
