import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { botEvents, botScopes, goodbyes } from '../../../bots/slack/scopes.ts';

const page = readFileSync(new URL('../../../docs/slack.md', import.meta.url), 'utf8');

test('the set-up page names every scope with what it is for, and no other', () => {
  const rows = [...page.matchAll(/^\| `([a-z.]+(?::[a-z.]+)?)` \| (.+) \|$/gm)].map(([, scope, why]) => [
    scope,
    why,
  ]);
  expect(Object.fromEntries(rows)).toEqual(botScopes);
});

test('the set-up page names what Slack tells of', () => {
  for (const event of [...botEvents, ...goodbyes]) expect(page).toContain(`\`${event}\``);
});
