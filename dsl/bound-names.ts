import type { AnyStage, Operand, Pipeline, Script, Stage, Word } from './ast.ts';

/** A name given by AS. */
export interface Binding {
  /** As typed. */
  word: Word;
  stage: Stage;
  statement: number;
}

/** Every AS of a script by its name in lower case, in the order of the text; the first of a name is the one that counts. */
export function boundNames(script: Script): ReadonlyMap<string, readonly Binding[]> {
  const bound = new Map<string, Binding[]>();
  script.statements.forEach((statement, index) => {
    for (const stage of stagesOf(statement.pipeline)) {
      if (stage.as === null) continue;
      const name = stage.as.text.toLowerCase();
      const there = bound.get(name);
      const binding = { word: stage.as, stage, statement: index };
      if (there === undefined) bound.set(name, [binding]);
      else there.push(binding);
    }
  });
  return bound;
}

/** All stages of a pipeline that have a verb, nested ones before the stage that holds them. */
export function stagesOf(pipeline: Pipeline): Stage[] {
  const all: Stage[] = [];
  // Parentheses nest as deep as the parser allows, which is less than a call stack; pipes may be thousands and are no recursion.
  for (const stage of pipeline.stages) {
    for (const { value } of operandsOf(stage)) {
      if (value.type === 'pipeline') all.push(...stagesOf(value));
    }
    if (stage.type === 'stage') all.push(stage);
    else if (stage.type !== 'from') all.push(...stagesOf(stage.body));
  }
  return all;
}

/** What stands between a verb, or FROM, and the rest, and behind clauses that take clips. */
export function operandsOf(stage: AnyStage): readonly Operand[] {
  if (stage.type === 'stage') {
    const named = stage.clauses.flatMap(({ values }) => values.filter((value) => value.type === 'operand'));
    return named.length === 0 ? stage.operands : [...stage.operands, ...named];
  }
  if (stage.type !== 'from' || stage.source === null) return [];
  return stage.source.type === 'operands'
    ? stage.source.operands
    : stage.source.type === 'list'
      ? [stage.source.operand]
      : [];
}
