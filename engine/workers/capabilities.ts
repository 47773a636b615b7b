import type { Catalogue } from '../../dsl/catalogue.ts';
import { passVersion } from '../../dsl/optimise/pass-step.ts';

/** What a worker can do, as it stands in its row. */
export interface Capabilities {
  /** By operation the highest version that it knows; what was planned by an older program it does as well. */
  operations: Readonly<Record<string, number>>;
  /** Digests of the networks that it has or can fetch; none where no execution provider works. */
  models: readonly string[];
  /** Where its networks run: `cuda`, `webgpu`, `cpu`; null where nobody has tried yet, or none works. */
  provider: string | null;
  /** Bytes that the networks of one job may take there, beside those of the jobs that run at the same time; null or absent where nobody
   * knows. */
  memory?: number | null;
  /** The newest migration that its program knows; older programs do not say. */
  schema?: string;
}

/** The newest version of each operation that this program knows. Those that stand in plans only, such as `export`, have had one. */
export function knownVersions(catalogue: Catalogue, operations: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    operations.map((name) => {
      const verb = catalogue.get(name.toUpperCase());
      return [name, verb?.runs === 'job' ? verb.version : name === 'pass' ? passVersion : 1];
    }),
  );
}

/** SQL that holds when a worker with these capabilities (a jsonb expression) can do a row of `jobs`. */
export function able(capabilities: string): string {
  return `(${knows(capabilities)} and ${has(capabilities)} and ${holds(capabilities)})`;
}

/** SQL that holds of a worker whose program is older than its database. From before the gate of consent it gets no work at all (migrations/0024-gate-by-constraint.sql). */
export function outdated(capabilities: string): string {
  return `(coalesce(${capabilities} ->> 'schema', '') < (select max(name) from migrations))`;
}

/** As `able`, of the operation, and of the stages of a pass: it knows them in these versions. */
export function knows(capabilities: string): string {
  return `(jobs.version <= (${capabilities} -> 'operations' ->> jobs.operation)::integer
    and not exists (
      select from jsonb_path_query(jobs.arguments, '$.stages[*]') as stage
      where (stage ->> 'version')::integer
        > coalesce((${capabilities} -> 'operations' ->> (stage ->> 'operation'))::integer, 0)))`;
}

/** The same of their memory: what all of them take together fits. */
export function holds(capabilities: string): string {
  return `coalesce((select sum((model ->> 'memory')::bigint) from jsonb_array_elements(jobs.models) as model), 0)
      <= coalesce((${capabilities} ->> 'memory')::bigint, 9223372036854775807)`;
}

/** The same of the networks: it can run each. */
export function has(capabilities: string): string {
  return `not exists (
      select from jsonb_array_elements(jobs.models) as model
      where not jsonb_exists(${capabilities} -> 'models', model ->> 'digest'))`;
}
