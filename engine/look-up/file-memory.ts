import type { Facts } from '../../dsl/facts.ts';
import type { Queries } from '../store/port.ts';

/** What was seen in a file. */
export interface SeenFile {
  hash: string;
  facts: Facts;
  recipe: string | null;
}

/** Remembers what was seen of files as long as they stay what they were. */
export interface FileMemory {
  recall(path: string, identity: string): Promise<SeenFile | null>;
  remember(path: string, identity: string, seen: SeenFile): Promise<void>;
}

/** A memory in the database, of this machine's files: paths mean something else on another one. */
export function storedFileMemory(queries: Queries, machine: string): FileMemory {
  return {
    async recall(path, identity) {
      const [row] = await queries.query<SeenFile>(
        'select hash, facts, recipe from local_files where machine = $1 and path = $2 and identity = $3',
        [machine, path, identity],
      );
      return row ?? null;
    },
    async remember(path, identity, { hash, facts, recipe }) {
      await queries.query(
        `insert into local_files (machine, path, identity, hash, facts, recipe) values ($1, $2, $3, $4, $5, $6)
         on conflict (machine, path) do update
         set identity = excluded.identity, hash = excluded.hash, facts = excluded.facts, recipe = excluded.recipe,
             seen_at = now()`,
        [machine, path, identity, hash, JSON.stringify(facts), recipe],
      );
      await queries.query(
        `delete from local_files where machine = $1 and seen_at < now() - interval '90 days'`,
        [machine],
      );
    },
  };
}
