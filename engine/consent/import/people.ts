import type { PersonNames } from '../matcher/port.ts';
import { rowsOf } from './csv.ts';
import { objectsOf } from './json.ts';
import { ImportProblem } from './problem.ts';
import { peopleOfWikidata } from './wikidata.ts';

/** What a person may have at most. */
const most = { names: 100, name: 200, contexts: 50, context: 200 };

/** People of a file, one at a time, in the order in which they stand there; throws an `ImportProblem` that names the line. CSV has a head with `name`
 * and any of `aliases`, `context` (several with | between), `kind` and `id`; JSON has objects with the same, or is what Wikidata gives (a dump, entities, or the answer
 * of a query with `item` and `itemLabel`). Without an id a person's is their name. */
export async function* readPeople(
  chunks: AsyncIterable<Uint8Array | string>,
  format: 'csv' | 'json',
  signal?: AbortSignal,
): AsyncGenerator<PersonNames> {
  for await (const { line, fields } of format === 'csv' ? fromCsv(chunks, signal) : fromJson(chunks, signal))
    yield personOf(fields, line);
}

/** What is told of a person, before it is checked. */
export interface Told {
  id?: unknown;
  name?: unknown;
  aliases?: unknown;
  context?: unknown;
  kind?: unknown;
}

interface Read {
  line: number;
  fields: Told;
}

async function* fromCsv(
  chunks: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): AsyncGenerator<Read> {
  const known = ['name', 'aliases', 'context', 'kind', 'id'];
  let head: string[] | null = null;
  for await (const { line, fields } of rowsOf(chunks, signal)) {
    if (!head) {
      head = fields.map((field) => field.trim().toLowerCase());
      const strange = head.find((field) => !known.includes(field));
      if (strange !== undefined)
        throw new ImportProblem(line, `there is no column “${strange}”; there are ${known.join(', ')}`);
      if (!head.includes('name'))
        throw new ImportProblem(line, 'has no column “name”; write name,aliases,context first');
      continue;
    }
    if (fields.length > head.length)
      throw new ImportProblem(
        line,
        `has ${fields.length} fields and the head ${head.length}; put " around a field with commas`,
      );
    const told = Object.fromEntries(head.map((column, at) => [column, fields[at]?.trim() ?? '']));
    const several = (text: string | undefined) =>
      (text ?? '')
        .split('|')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    yield { line, fields: { ...told, aliases: several(told.aliases), context: several(told.context) } };
  }
}

async function* fromJson(
  chunks: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): AsyncGenerator<Read> {
  for await (const { line, value } of objectsOf(chunks, signal)) {
    const people = peopleOfWikidata(value) ?? [value as Told];
    for (const fields of people) yield { line, fields };
  }
}

function personOf({ id, name, aliases, context, kind }: Told, line: number): PersonNames {
  if (typeof name !== 'string' || name.trim() === '')
    throw new ImportProblem(line, 'says no name; give each person one');
  const names = [...new Set([name.trim(), ...texts(aliases, 'aliases', line)])];
  const contexts = texts(context, 'context', line);
  const check = (wrong: boolean, message: string) => {
    if (wrong) throw new ImportProblem(line, message);
  };
  check(names.length > most.names, `has ${names.length} names; ${most.names} are the most`);
  check(contexts.length > most.contexts, `has ${contexts.length} contexts; ${most.contexts} are the most`);
  check(
    names.some((text) => text.length > most.name),
    `has a name of more than ${most.name} characters`,
  );
  check(
    contexts.some((text) => text.length > most.context),
    `has a context of more than ${most.context} characters`,
  );
  check(
    names.some((text) => !/\p{L}/u.test(text)),
    'has a name without a letter',
  );
  const sort = kind === undefined || kind === '' ? 'public figure' : kind;
  if (sort !== 'public figure' && sort !== 'private')
    throw new ImportProblem(line, `is of the kind “${String(kind)}”; write private or public figure`);
  if (id !== undefined && typeof id !== 'string') throw new ImportProblem(line, 'has an id that is no text');
  return { id: id || names[0]!, names, kind: sort, context: contexts };
}

function texts(value: unknown, what: string, line: number): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((text) => typeof text !== 'string'))
    throw new ImportProblem(line, `its ${what} are no list of texts; write ["…", "…"]`);
  return (value as string[]).map((text) => text.trim()).filter((text) => text !== '');
}
