import type { PGlite } from '@electric-sql/pglite';
import type { Parameter } from './port.ts';
import { stalePlans } from './stale-plans.ts';

/** Runs one statement with its parameters, prepared once a text. The caller holds the database for itself. */
export type Run = <Row>(text: string, parameters: readonly Parameter[]) => Promise<Row[]>;

interface Prepared {
  name: string;
  parameters: readonly number[];
  columns: readonly { name: string; type: number }[];
}

/** Statements of a database over the wire protocol. The library's own `query` prepares each statement again in six calls into
 * WebAssembly; this takes two the first time and one from then on (https://www.postgresql.org/docs/current/protocol-flow.html). */
export function statementsOf(database: PGlite, protocol: Protocol): Run {
  const prepared = new Map<string, Prepared>();
  let next = 0;
  const stale = stalePlans();
  const { serialize } = protocol;
  const send = async (...parts: Uint8Array[]) =>
    (await database.execProtocol(Buffer.concat([...parts, serialize.sync()]), { syncToFs: false }))
      .messages as Message[];

  const prepare = async (text: string): Promise<Prepared> => {
    const known = prepared.get(text);
    if (known !== undefined) {
      // The last of them again: the first is the one that nobody needed for longest.
      prepared.delete(text);
      prepared.set(text, known);
      return known;
    }
    // Texts that the program holds are few; those built of what people ask may be many, and long: they give way.
    const name = text.length <= longest ? `pql${next++}` : '';
    const [oldest] = prepared.size < most || name === '' ? [] : prepared;
    if (oldest !== undefined) prepared.delete(oldest[0]);
    const messages = await send(
      ...(oldest === undefined ? [] : [serialize.close({ type: 'S', name: oldest[1].name })]),
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    );
    const statement: Prepared = {
      name,
      parameters: messages.find((message) => message.dataTypeIDs !== undefined)?.dataTypeIDs ?? [],
      columns: (
        (messages.find((message) => message.name === 'rowDescription')?.fields as Column[] | undefined) ?? []
      ).map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
    };
    if (name !== '') prepared.set(text, statement);
    return statement;
  };

  return async <Row>(text: string, given: readonly Parameter[]) => {
    const { name, parameters, columns } = await prepare(text);
    if (given.length !== parameters.length)
      throw new TypeError(`${given.length} parameters for ${parameters.length} places in: ${text}`);
    const values = given.map((value, at) => written(database, value, parameters[at] as number));
    const start = performance.now();
    const messages = await send(serialize.bind({ statement: name, values }), serialize.execute({}));
    if (stale(performance.now() - start))
      await database.execProtocol(serialize.query('discard plans'), { syncToFs: false });
    const rows: Row[] = [];
    for (const message of messages)
      if (message.name === 'dataRow')
        rows.push(rowOf<Row>(database, columns, message.fields as (string | null)[]));
    return rows;
  };
}

/** What of the library's protocol is needed. */
export type Protocol = typeof import('@electric-sql/pglite')['protocol'];

const most = 500;

/** Characters; 50 MB for all if they were as long. */
const longest = 20_000;

interface Column {
  name: string;
  dataTypeID: number;
}

interface Message {
  name: string;
  dataTypeIDs?: number[];
  fields?: unknown;
}

function written(database: PGlite, value: Parameter, type: number): string | null {
  if (value === null) return null;
  const serialize = database.serializers[type];
  return serialize === undefined ? String(value) : (serialize(value) as string | null);
}

function rowOf<Row>(database: PGlite, columns: Prepared['columns'], fields: readonly (string | null)[]): Row {
  const row: Record<string, unknown> = {};
  for (const [at, { name, type }] of columns.entries()) {
    const text = fields[at] ?? null;
    const parse = database.parsers[type];
    row[name] = text === null || parse === undefined ? text : parse(text, type);
  }
  return row as Row;
}
