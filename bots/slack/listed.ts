import type { types } from '@slack/bolt';

import type { Choice } from '../presenter/choice.ts';
import type { Field, Listed } from '../presenter/form.ts';
import { cutTo } from '../presenter/plain.ts';
import { most, plain } from './blocks.ts';

/** Under which Slack asks for the choices of a list: `listed stitch clips`. */
export const listedId = /^listed /;

/** A field that is chosen from a list which Slack asks us for while somebody types. Null where it was filled in beforehand with more than a choice holds:
 * then it is written. */
export function chosenFrom(
  { value }: Field,
  { verb, field, most: several }: Listed,
): types.ExternalSelect | types.MultiExternalSelect | null {
  const there = value === null || value === '' ? [] : apart(value, several);
  if (there === null) return null;
  const common = {
    action_id: `listed ${verb} ${field}`,
    min_query_length: 0,
  };
  const initial = there.map((each) => ({ text: plain(each), value: each }));
  if (several > 1)
    return {
      type: 'multi_external_select',
      ...common,
      max_selected_items: Math.min(several, most.listed),
      ...(initial.length === 0 ? {} : { initial_options: initial }),
    };
  return { type: 'external_select', ...common, ...(initial[0] && { initial_option: initial[0] }) };
}

/** What an action of such a field is the list of. */
export function listedOf(action: string): Pick<Listed, 'verb' | 'field'> | null {
  const [, verb, field] = /^listed ([a-z-]+) ([a-z_]+)$/.exec(action) ?? [];
  return verb === undefined || field === undefined ? null : { verb, field };
}

/** The choices as Slack takes them, in time: it waits three seconds. What was typed can always be chosen as it is, since clips have parts and names that nobody
 * can list. */
export async function offered(
  choices: Promise<readonly Choice[]> | null,
  typed: string,
  patience = 2000,
): Promise<types.PlainTextOption[]> {
  const own = typed.trim();
  const { promise, resolve } = Promise.withResolvers<readonly Choice[]>();
  const late = setTimeout(resolve, patience, []);
  const there = await Promise.race([choices ?? [], promise]).catch(() => []);
  clearTimeout(late);
  const fitting = there.filter(({ value }) => value.length <= most.option && value !== '');
  const all = fitting.some(({ value }) => value === own) ? fitting : [...fitting, { name: own, value: own }];
  return all
    .filter(
      ({ value }, index) => value !== '' && value.length <= most.option && firstOf(all, value) === index,
    )
    .slice(0, most.listed)
    .map(({ name, value }) => ({ text: plain(cutTo(name, most.option)), value }));
}

function firstOf(all: readonly Choice[], wanted: string): number {
  return all.findIndex(({ value }) => value === wanted);
}

/** The choices that a value consists of; null where a ` + ` may be within one, or one is too long. */
function apart(value: string, several: number): string[] | null {
  if (several === 1) return value.length <= most.option ? [value] : null;
  if (/["'“(]/.test(value)) return null;
  const each = value.split('+').map((part) => part.trim());
  return each.length <= several && each.every((part) => part !== '' && part.length <= most.option)
    ? each
    : null;
}
