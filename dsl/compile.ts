import type { Script } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { check } from './check.ts';
import type { Command, Compiled, Item } from './compiled.ts';
import { admissionOf, isHeld } from './consent.ts';
import type { Diagnostic } from './diagnostic.ts';
import { inOrder } from './in-order.ts';
import { makePlan, makePlanOf, sourceOf } from './make-plan.ts';
import type { Plan } from './plan.ts';
import { resolve } from './resolve.ts';
import type { ResolvedStatement } from './resolved.ts';
import type { World } from './world.ts';

/** What the parser gives. */
export interface ParsedScript {
  source: string;
  script: Script;
  diagnostics: readonly Diagnostic[];
}

/** The whole way from a parsed text to what will run: resolve names and values, check every rule, plan. Pure, linear in the length of the
 * text, never throws for what the asker wrote. With diagnostics there is nothing to run. */
export function compile(parsed: ParsedScript, catalogue: Catalogue, world: World): Compiled {
  const { source, script } = parsed;
  const resolved = resolve(script, catalogue, world);
  const unknown = resolved.diagnostics.filter((each) => !isHeld(each, world));
  const problems = [...unknown, ...check(resolved.statements, catalogue, world)];
  const diagnostics = inOrder(parsed.diagnostics, problems);
  if (diagnostics.length > 0) return { source, script, diagnostics, before: [], plan: null, after: [] };
  const work = resolved.statements.filter(makes);
  const canonical = sourceOf(script);
  return {
    source,
    script,
    diagnostics,
    plan:
      work.length === 0 ? null : { ...makePlan(work, canonical), consent: admissionOf(world, script.span) },
    ...itemsAround(resolved.statements, world),
  };
}

/** Commands and explanations in their order: those before the first work, and the rest. */
function itemsAround(
  statements: readonly ResolvedStatement[],
  world: World,
): { before: Item[]; after: Item[] } {
  const first = statements.findIndex(makes);
  const sides: { before: Item[]; after: Item[] } = { before: [], after: [] };
  statements.forEach((statement, index) => {
    const side = first === -1 || index < first ? sides.before : sides.after;
    const command = commandOf(statement);
    if (statement.explain) side.push(explained(statement, command, world));
    else if (command !== null) side.push({ type: 'command', command });
    // A command has been answered then; there is nothing to measure.
    if (statement.analyze && command === null) side.push(analysed(statement, world));
  });
  return sides;
}

function makes({ explain, last }: ResolvedStatement): boolean {
  return !explain && (last?.type === 'work' || last?.type === 'set');
}

function commandOf({ last }: ResolvedStatement): Command | null {
  return last?.type === 'command' ? last.command : null;
}

function explained(statement: ResolvedStatement, command: Command | null, world: World): Item {
  const text = textOf(statement);
  return { type: 'explain', plan: command === null ? planOf(statement, text, world) : null, command, text };
}

function analysed(statement: ResolvedStatement, world: World): Item {
  const text = textOf(statement);
  return { type: 'analyze', plan: planOf(statement, text, world), text };
}

function planOf(statement: ResolvedStatement, text: string, world: World): Plan {
  return { ...makePlanOf(statement, text), consent: admissionOf(world, statement.span) };
}

/** Canonical PQL of the statement without EXPLAIN. */
function textOf({ pipeline, span }: ResolvedStatement): string {
  const bare = { type: 'statement', explain: false, analyze: false, pipeline, span } as const;
  return sourceOf({ type: 'script', statements: [bare], span });
}
