import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../../dsl/catalogue.ts';
import { optimise } from '../../../dsl/optimise/optimise.ts';
import type { Growth, Step } from '../../../dsl/plan.ts';
import { knownVersions } from '../../../engine/workers/capabilities.ts';
import { createHandlers, type Tools } from '../../../workers/handlers.ts';
import { compiled } from '../../dsl/compiling.ts';

type Planned = Pick<Step, 'operation' | 'version' | 'arguments' | 'grows'>;

/** Everything that the corpus plans, as it is written and optimised, with what grows from lists and the stages of passes. */
function planned(): Pick<Step, 'operation' | 'version'>[] {
  const folder = new URL('../../corpus/', import.meta.url);
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.pql'))
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trim().split(/\n\n+/));
  const plans = texts.map((text) => compiled(text).plan).filter((plan) => plan !== null);
  return [...plans, ...plans.map((plan) => optimise(plan, { recalled: new Set() }))].flatMap(({ steps }) =>
    steps.flatMap(within),
  );
}

function within(step: Planned): Pick<Step, 'operation' | 'version'>[] {
  const { stages = [] } = step.arguments as { stages?: Planned[] };
  return [step, ...stages, ...(step.grows === undefined ? [] : grown(step.grows).flatMap(within))];
}

function grown({ each, groups }: Growth): Planned[] {
  return [...each, ...(groups?.steps ?? [])];
}

test('a worker can do everything that a program of its version plans', () => {
  // Making the list uses none of the tools.
  const known = knownVersions(catalogue, Object.keys(createHandlers({ cores: 1 } as Tools)));
  const all = planned();
  expect(new Set(all.map(({ operation }) => operation)).size).toBeGreaterThan(10);
  const beyond = all.filter(({ operation, version }) => !(version <= (known[operation] ?? 0)));
  expect(beyond.map(({ operation, version }) => `${operation} ${version}`)).toEqual([]);
});
