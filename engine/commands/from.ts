import type { Collection, Field, FieldType } from '../../dsl/query/collection.ts';
import { collectionOf } from '../../dsl/query/collections.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Answer, Column } from '../answer.ts';
import type { Asker } from '../asker.ts';
import { answerQuery, type Shown, type ShownColumn } from './answer-query.ts';
import type { CommandTools } from './answerer.ts';
import { beginning, column, firstLine } from './list.ts';

/** A bare FROM: a page of what it finds as a table, with the fields that the collection shows and those that were asked about. */
export async function answerFrom(
  query: Query,
  page: number,
  tools: CommandTools,
  asker: Asker,
): Promise<Answer> {
  const collection = collectionOf(query.collection);
  if (collection === null) throw new Error(`there is no collection ${query.collection}`);
  return answerQuery(query, page, shownOf(collection, query), tools, asker);
}

function shownOf(collection: Collection, query: Query): Shown {
  const asked = query.order.map(({ field }) => field).filter((field) => !collection.shown.includes(field));
  // Before the last, which is long and may be cut.
  const shown = [...collection.shown.slice(0, -1), ...new Set(asked), ...collection.shown.slice(-1)];
  const nothing = query.where === null && query.limit !== 0 && query.group === null;
  return {
    title: query.group === null ? capital(collection.name) : `Results of ${query.group}`,
    columns: shown.map((name) => shownField(collection.fields.find((field) => field.name === name)!)),
    empty: nothing
      ? `there are no ${collection.name} here yet`
      : query.group === null
        ? `no ${collection.name} are like that`
        : `${query.group} has no results like that`,
  };
}

function shownField({ name, type }: Field): ShownColumn {
  if (name === 'statement' || name === 'recipe') return beginning(name, name);
  return {
    head: column(name, columnTypes[type]),
    fields: [name],
    of(row) {
      const value = row[name] ?? null;
      if (typeof value === 'boolean') return value ? 'yes' : 'no';
      return type === 'text' && typeof value === 'string' ? firstLine(value) : value;
    },
  };
}

const columnTypes: Readonly<Record<FieldType, Column['type']>> = {
  seconds: 'seconds',
  rate: 'number',
  bytes: 'bytes',
  number: 'number',
  time: 'time',
  id: 'id',
  text: 'text',
  word: 'text',
  state: 'state',
  flag: 'text',
};

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
