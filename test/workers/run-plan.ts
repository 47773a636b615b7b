import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../dsl/facts.ts';
import type { Plan, Step } from '../../dsl/plan.ts';
import type { Known } from '../../dsl/world.ts';
import type { Prober } from '../../engine/prober.ts';
import type { Handler, Input, Produced } from '../../workers/handler.ts';
import { compiled } from '../dsl/compiling.ts';
import { fakeDesk } from '../fakes/desk.ts';
import { clip, sampleWorld } from '../fakes/world.ts';

/** A file that scripts may name, with what the planner knows of it. */
export interface NamedFile {
  path: string;
  known: Known;
}

/** Looks at files, so that scripts may name them. */
export async function namedFiles(
  prober: Prober,
  paths: Readonly<Record<string, string>>,
): Promise<Map<string, NamedFile>> {
  const named = new Map<string, NamedFile>();
  for (const [name, path] of Object.entries(paths)) {
    const facts = await prober.probe(path);
    named.set(name, { path, known: { ...clip(name), kind: facts.kind, facts } });
  }
  return named;
}

/** The plan of a script about these files. */
export function planAbout(source: string, files: ReadonlyMap<string, NamedFile>): Plan {
  const known = new Map([...files].map(([name, { known: about }]) => [name, about]));
  const { plan, diagnostics } = compiled(source, sampleWorld({ files: known }));
  if (plan === null) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

/** Runs the steps of a plan one after the other, as the lanes would; answers what each made. */
export async function runPlan(
  plan: Plan,
  files: ReadonlyMap<string, NamedFile>,
  options: { handlers: Readonly<Record<string, Handler>>; folder: string; prober: Prober },
): Promise<Map<string, Produced>> {
  const made = new Map<string, Produced>();
  const paths = new Map([...files.values()].map(({ path, known }) => [known.hash, path]));
  const inputOf = async (input: Step['inputs'][number]): Promise<Input> => {
    const path = input.from === 'artifact' ? paths.get(input.hash)! : made.get(input.step)!.file;
    const facts: Facts = input.from === 'artifact' ? input.facts : made.get(input.step)!.facts;
    return { role: input.role, path, hash: '', kind: facts.kind, facts, recipe: null };
  };
  for (const step of plan.steps) {
    const scratch = join(options.folder, `${step.id}-${Math.random().toString(36).slice(2)}`);
    await mkdir(scratch, { recursive: true });
    const inputs = await Promise.all(step.inputs.map(inputOf));
    const { desk } = fakeDesk({ inputs, scratch, recipe: step.recipe });
    made.set(step.id, (await options.handlers[step.operation]!(step.arguments, desk)) as Produced);
  }
  return made;
}
