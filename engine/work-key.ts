import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../dsl/json.ts';
import type { StepModel } from '../dsl/plan.ts';

/** All that decides what a job makes. */
export interface Work {
  operation: string;
  version: number;
  arguments: JsonObject;
  models: readonly StepModel[];
  inputs: readonly { role: string; hash: string }[];
}

/** The name of work: SHA-256 in hex, the same for equal work on every machine, known before the work is done. A network counts by
 * its digest alone, since its name may be an alias. */
export function workKey(work: Work): string {
  const text = canonicalJson({
    operation: work.operation,
    version: work.version,
    arguments: work.arguments,
    models: work.models.map((model) => model.digest),
    inputs: work.inputs.map(({ role, hash }) => ({ role, hash })),
  });
  return createHash('sha256').update(text).digest('hex');
}
