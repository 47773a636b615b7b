import type { AnyStage, Clause, Operand, Pipeline, Script, Stage } from '../../dsl/ast.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';

/** The script with another seed in every stage that takes one, and without TO: a variation does not overwrite the file of the first.
 * `seed` is asked once for each. */
export function varied(script: Script, catalogue: Catalogue, seed: () => number): Script {
  const pipeline = (each: Pipeline): Pipeline => ({ ...each, stages: each.stages.map(stage) });
  const operand = (each: Operand): Operand =>
    each.value.type === 'pipeline' ? { ...each, value: pipeline(each.value) } : each;
  const clause = (each: Clause): Clause => ({
    ...each,
    values: each.values.map((value) => (value.type === 'operand' ? operand(value) : value)),
  });
  const stage = (each: AnyStage): AnyStage => {
    if (each.type === 'from') return each;
    if (each.type !== 'stage') return { ...each, body: pipeline(each.body) };
    const inner = {
      ...each,
      to: null,
      operands: each.operands.map(operand),
      clauses: each.clauses.map(clause),
    };
    return takesSeed(each, catalogue) ? withSeed(inner, seed()) : inner;
  };
  return {
    ...script,
    statements: script.statements.map((each) => ({ ...each, pipeline: pipeline(each.pipeline) })),
  };
}

function takesSeed({ verb }: Stage, catalogue: Catalogue): boolean {
  const operation = catalogue.get(verb.text.toUpperCase());
  return operation?.runs === 'job' && 'SEED' in operation.clauses;
}

function withSeed(stage: Stage, seed: number): Stage {
  const { span } = stage;
  const value = { type: 'number', value: seed, text: String(seed), span } as const;
  const clause = { type: 'clause', word: { text: 'SEED', span }, values: [value], span } as const;
  const others = stage.clauses.filter(({ word }) => word.text.toUpperCase() !== 'SEED');
  return { ...stage, clauses: [...others, { ...clause, values: [value] }] };
}
