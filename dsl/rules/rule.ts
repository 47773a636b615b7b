import type { Catalogue } from '../catalogue.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { WorkStage } from '../resolved.ts';
import type { World } from '../world.ts';

export interface RuleContext {
  catalogue: Catalogue;
  world: World;
}

/** One thing that has to hold. Called once a script, so that it can remember; what it gives is called for every stage in order. */
export type Rule = (context: RuleContext) => (stage: WorkStage) => Diagnostic[];
