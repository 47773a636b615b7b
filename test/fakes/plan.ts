import type { TextFacts } from '../../dsl/facts.ts';
import type { Plan, Step, StepInput } from '../../dsl/plan.ts';
import type { Asker } from '../../engine/asker.ts';

export const textFacts: TextFacts = { kind: 'text', container: 'text/plain', bytes: 1 };

/** A plan of small steps: every key is a step, its value what it reads (`s1`, or a hash) and what differs from the ordinary. */
export function planOf(steps: Record<string, { reads?: string[] } & Partial<Step>>): Plan {
  const ids = Object.keys(steps);
  return {
    source: ids.join('; '),
    // As if somebody had looked at the register of a fresh database.
    consent: { epoch: 1, until: null, shown: [] },
    steps: ids.map((id, statement) => {
      const { reads = [], ...rest } = steps[id] as { reads?: string[] } & Partial<Step>;
      const inputs: StepInput[] = reads.map((from) =>
        ids.includes(from)
          ? { role: 'operand', from: 'step', step: from }
          : { role: 'operand', from: 'artifact', hash: from, kind: 'text', facts: textFacts },
      );
      return {
        id,
        operation: 'probe',
        version: 1,
        arguments: { of: id },
        inputs,
        models: [],
        lane: 'cpu',
        gives: 'text',
        effect: false,
        name: null,
        statement,
        title: `PROBE ${id}`,
        recipe: `PROBE ${id}`,
        predicted: null,
        ...rest,
      };
    }),
  };
}

/** Somebody in a workspace of their own. */
export function askerIn(workspace: string): Asker {
  return {
    workspace,
    user: 'ada',
    roles: ['asker'],
    importRoot: null,
    exportRoot: `/exports/${workspace}`,
  };
}
