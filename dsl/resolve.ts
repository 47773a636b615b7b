import { keyword } from '../grammar/keyword.ts';
import type { Operand, Pipeline, Script, Stage } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type Linker, linkerOf, linkOperand } from './link-operand.ts';
import type { JobOperation, StageView } from './operation.ts';
import { partOf } from './part-of.ts';
import { readClauses } from './read-clauses.ts';
import { resolveCommand } from './resolve-command.ts';
import type { CommandStage, ResolvedStatement, Source, WorkStage } from './resolved.ts';
import { suggest } from './suggest.ts';
import type { World } from './world.ts';

export interface Resolved {
  statements: ResolvedStatement[];
  diagnostics: Diagnostic[];
}

/** Says what every verb, name and value of a script means: verbs become operations, names become what they stand for, clauses become
 * checked arguments, and facts of what will be made are predicted along the way. Statement by statement, in one pass. */
export function resolve(script: Script, catalogue: Catalogue, world: World): Resolved {
  const diagnostics: Diagnostic[] = [];
  const linker = linkerOf(script, world, diagnostics);
  const context: Context = { catalogue, world, diagnostics, linker };
  const statements = script.statements.map((statement, index): ResolvedStatement => {
    linker.enter(index, statement.explain);
    const made: Made = { work: [], commands: [] };
    const last = resolvePipeline(statement.pipeline, made, context);
    if (last?.type === 'work') linker.made(last);
    return { explain: statement.explain, span: statement.span, pipeline: statement.pipeline, last, ...made };
  });
  return { statements, diagnostics };
}

type Made = Pick<ResolvedStatement, 'work' | 'commands'>;

interface Context {
  catalogue: Catalogue;
  world: World;
  diagnostics: Diagnostic[];
  linker: Linker;
}

function resolvePipeline(pipeline: Pipeline, made: Made, context: Context): WorkStage | CommandStage | null {
  let before: WorkStage | CommandStage | null = null;
  for (const [index, stage] of pipeline.stages.entries()) {
    const operation = context.catalogue.get(keyword(stage.verb.text));
    const piped: Stage | null = index === 0 ? null : pipeline.stages[index - 1]!;
    if (operation === undefined) {
      context.diagnostics.push(unknownVerb(stage, context.catalogue));
      before = null;
    } else if (operation.runs === 'command') {
      const nested = stage.operands.flatMap(({ value }) => (value.type === 'pipeline' ? [value] : []));
      for (const each of nested) resolvePipeline(each, made, context);
      const command = resolveCommand(stage, operation, context.catalogue, context.world, context.diagnostics);
      before = { type: 'command', stage, statement: context.linker.statement, command };
      made.commands.push(before);
    } else {
      before = resolveWork(
        stage,
        operation,
        piped === null ? null : { stage: piped, result: before },
        made,
        context,
      );
      made.work.push(before);
    }
    if (stage.as !== null) context.linker.bind(stage, before?.type === 'work' ? before : null);
  }
  return before;
}

function resolveWork(
  stage: Stage,
  operation: JobOperation,
  piped: { stage: Stage; result: WorkStage | CommandStage | null } | null,
  made: Made,
  context: Context,
): WorkStage {
  const { world, linker, diagnostics } = context;
  const wrongBefore = diagnostics.length;
  const sources: Source[] = [];
  if (piped !== null) sources.push(sourceOfPipe(piped.stage, piped.result));
  let prompt: string | null = null;
  for (const operand of stage.operands) {
    if (operation.takes.what === 'prompt') {
      const [value] = [operand.value];
      if (prompt === null && value.type === 'text') prompt = value.value;
      sources.push({ ...nothing(operand), origin: { type: 'unknown' } });
    } else if (operand.value.type === 'pipeline') {
      const inner = resolvePipeline(operand.value, made, context);
      sources.push(
        ranged(operand, linker, operation, {
          ...nothing(operand),
          origin: inner?.type === 'work' ? { type: 'stage', stage: inner } : { type: 'unknown' },
          whole: inner?.type === 'work' ? inner.predicted : null,
        }),
      );
    } else {
      sources.push(ranged(operand, linker, operation, linkOperand(operand, linker)));
    }
  }
  const clauses = readClauses(stage, operation);
  diagnostics.push(...clauses.problems);
  const extras = clauses.files.flatMap((use) => {
    const known = linker.file(use.path, use.span);
    return known === null ? [] : [{ ...use, known }];
  });
  const view: StageView = { prompt, sources, world, at: clauses.at };
  const readable = clauses.problems.length === 0 && sources.length >= operation.takes.min;
  const wrong = readable ? (operation.check?.(clauses.given, view) ?? []) : [];
  diagnostics.push(...wrong);
  const finished = readable && diagnostics.length === wrongBefore;
  const args = finished ? operation.arguments(clauses.given, view) : null;
  const names = args === null ? [] : (operation.models?.(args) ?? []);
  return {
    type: 'work',
    stage,
    operation,
    statement: linker.statement,
    explain: linker.explain,
    sources,
    prompt,
    written: clauses.written,
    strange: clauses.strange,
    repeated: clauses.repeated,
    extras,
    notify: clauses.notify,
    args,
    models: names.flatMap((name) => {
      const model = world.models.find((each) => each.name === name);
      return model === undefined ? [] : [{ name, digest: model.digest }];
    }),
    predicted:
      args === null
        ? { kind: operation.gives }
        : operation.predict(
            args,
            sources.map(({ facts }) => facts),
          ),
  };
}

function nothing(at: { span: Source['span'] }): Omit<Source, 'origin'> {
  return { span: at.span, range: null, facts: null, whole: null };
}

function sourceOfPipe(stage: Stage, result: WorkStage | CommandStage | null): Source {
  const fed = result?.type === 'work' ? result : null;
  return {
    ...nothing(stage),
    origin: fed === null ? { type: 'unknown' } : { type: 'stage', stage: fed },
    whole: fed?.predicted ?? null,
    facts: fed?.predicted ?? null,
  };
}

/** Puts the range of an operand on its source; what the operation sees is the part, unless it cuts itself. */
function ranged(operand: Operand, linker: Linker, operation: JobOperation, source: Source): Source {
  const range = operand.range === null ? null : linker.range(operand.range);
  const cut = range !== null && operation.cuts !== true && source.whole !== null;
  return { ...source, range, facts: cut ? partOf(source.whole, range) : source.whole };
}

function unknownVerb(stage: Stage, catalogue: Catalogue): Diagnostic {
  const word = stage.verb.text;
  const near = suggest(word, [...catalogue.keys()]);
  const owner = [...catalogue.values()].find(
    (each) => each.runs === 'job' && Object.hasOwn(each.clauses, keyword(word)),
  );
  return {
    code: 'PQL301',
    message: `there is no verb ${word}`,
    span: stage.verb.span,
    ...(near === null
      ? {
          hint: owner
            ? `${keyword(word)} is a clause: it stands behind a verb, as in ${owner.verb} … ${keyword(word)} …`
            : 'a statement begins with a verb; HELP lists them',
        }
      : { hint: `did you mean ${near}?`, fix: { span: stage.verb.span, text: near } }),
  };
}
