import { optimise } from '../../../dsl/optimise/optimise.ts';
import type { Plan } from '../../../dsl/plan.ts';
import type { World } from '../../../dsl/world.ts';
import { sampleWorld } from '../../fakes/world.ts';
import { compiled } from '../compiling.ts';

/** The plan of a script as it is written. */
export function written(source: string, world: World = sampleWorld()): Plan {
  const { plan, diagnostics } = compiled(source, world);
  if (plan === null) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

/** The plan of a script with these steps finished already. */
export function optimised(source: string, recalled: readonly string[] = [], world?: World): Plan {
  return optimise(written(source, world), { recalled: new Set(recalled) });
}

/** Operations and titles, one step a line. */
export function steps({ steps: all }: Plan): string[] {
  return all.map(({ id, operation, title }) => `${id} ${operation}: ${title}`);
}

/** What one rule says it did. */
export function said({ optimisations = [] }: Plan, rule: string): string[] {
  return optimisations.filter((each) => each.rule === rule).map(({ says }) => says);
}
