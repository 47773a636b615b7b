import type { Priority } from '../../dsl/run-settings.ts';
import type { Answer } from '../answer.ts';
import type { Asker } from '../asker.ts';
import { setPriority } from '../jobs/priority.ts';
import type { Parts } from '../parts.ts';
import { writeSetting } from '../settings/write.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** SET name value, SET g7.priority high. */
export const set: Answerer<'set'> = async ({ arguments: { name, value }, asker }, { parts, settings }) => {
  const [, group] = /^(g\d+)\.priority$/.exec(name) ?? [];
  if (group !== undefined) return changePriority(parts, asker, group, value as Priority);
  const no = await writeSetting(parts.store, asker, settings, name, value);
  return no === null
    ? plainText(`${name} is ${value.trim() || 'none'} now`)
    : refused(no.code, no.message, no.hint);
};

/** Of their own runs people say that they can wait; what others wait longer for is a moderator's to say. */
async function changePriority(
  parts: Parts,
  asker: Asker,
  group: string,
  priority: Priority,
): Promise<Answer> {
  const found = await findTarget(parts.store, asker.workspace, group);
  if (found?.is !== 'group') return unknown(parts.store, asker.workspace, group);
  if (!asker.roles.includes('moderator') && !asker.roles.includes('admin')) {
    if (priority === 'high')
      return refused('PQL504', `${group} may be put before others by moderators`, 'ask one of them');
    const [row] = await parts.store.query<{ user: string }>(
      `select asker ->> 'user' as user from runs where id = $1`,
      [found.run],
    );
    if (row?.user !== asker.user)
      return refused('PQL504', `${group} is somebody else's: moderators may change it`, 'ask one of them');
  }
  if (!(await setPriority(parts, found.run, priority))) return unknown(parts.store, asker.workspace, group);
  return plainText(`${group} has ${priority} priority now`);
}
