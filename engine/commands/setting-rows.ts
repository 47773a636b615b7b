import type { Json } from '../../dsl/json.ts';
import { collectionOf } from '../../dsl/query/collections.ts';
import { compareBy, matches } from '../../dsl/query/matches.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Asker } from '../asker.ts';
import { usedNow } from '../limits/used-now.ts';
import type { Page, Rows } from '../query/query-rows.ts';
import { readSettings } from '../settings/read.ts';
import type { CommandTools } from './answerer.ts';

/** FROM SETTINGS: few, and declared in the program, so asked in memory. */
export async function settingRows(
  query: Query,
  page: Page,
  { parts, settings }: CommandTools,
  asker: Asker,
): Promise<Rows> {
  const values = await readSettings(parts.store, asker.workspace, settings);
  const used = await usedNow(parts.store, asker);
  const all = settings.map(({ name, default: usual, scope, help }): Record<string, Json> => {
    const value = values.get(name)?.value ?? usual;
    return {
      name,
      value,
      usual,
      changed: value !== usual,
      scope,
      about: [help, used.get(name) ?? []].flat().join('; '),
    };
  });
  const { where, order, limit } = query;
  const found = all
    .filter((row) => where === null || matches(where, row))
    .sort(compareBy(order.length > 0 ? order : [collectionOf('settings')!.order]))
    .slice(0, limit ?? all.length);
  return {
    rows: found.slice(page.offset, page.offset + page.size),
    total: { count: found.length, exact: true },
  };
}
