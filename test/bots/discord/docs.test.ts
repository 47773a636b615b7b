import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { permissions, scopes } from '../../../bots/discord/permissions.ts';
import { chatCommands, messageCommands } from '../../../bots/presenter/commands.ts';
import { catalogue } from '../../../dsl/catalogue.ts';

const page = readFileSync(new URL('../../../docs/discord.md', import.meta.url), 'utf8');

test('the set-up page names every permission with what it is for, and no other', () => {
  const [, table = ''] = /\| permission \| what for \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(page) ?? [];
  const rows = [...table.matchAll(/^\| (.+) \| (.+) \|$/gm)].map(([, name, why]) => [name, why]);
  expect(rows).toEqual(permissions.map(({ name, why }) => [name, why]));
});

test('the set-up page names the scopes and every command', () => {
  for (const scope of scopes) expect(page).toContain(`\`${scope}\``);
  for (const { name } of chatCommands(catalogue)) expect(page).toContain(`\`/${name}\``);
  for (const { name } of messageCommands) expect(page).toContain(`*${name}*`);
});
