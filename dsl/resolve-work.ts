import type { Operand, Pipeline, Span, Stage } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type Linker, linkOperand } from './link-operand.ts';
import type { JobOperation, StageView } from './operation.ts';
import { partOf } from './part-of.ts';
import { printText } from './print.ts';
import { readClauses } from './read-clauses.ts';
import type { CommandStage, ResolvedStatement, SetStage, Source, WorkStage } from './resolved.ts';
import type { World } from './world.ts';

/** What resolution knows and collects while it goes through a script. */
export interface Context {
  catalogue: Catalogue;
  world: World;
  diagnostics: Diagnostic[];
  linker: Linker;
  /** Resolves a pipeline; handed in, since pipelines hold stages that hold pipelines. */
  pipeline(pipeline: Pipeline, made: Made, context: Context, feed?: Feed | null): Outcome;
}

/** The stages that a statement is found to consist of. */
export type Made = Pick<ResolvedStatement, 'work' | 'commands'>;

/** What a pipeline comes to. */
export type Outcome = WorkStage | CommandStage | SetStage | null;

/** What flows into a stage, before its own operands. */
export interface Feed {
  sources: readonly Source[];
  /** By a pipe; by MAP or REDUCE, where `_` says that it belongs in another place. */
  by: 'pipe' | 'map' | 'reduce';
  throttle: WorkStage['throttle'];
}

/** Says what a stage makes: operands linked, clauses read, arguments finished, facts predicted. */
export function resolveWork(
  stage: Stage,
  operation: JobOperation,
  feed: Feed | null,
  made: Made,
  context: Context,
): WorkStage {
  const { world, linker, diagnostics } = context;
  const wrongBefore = diagnostics.length;
  const inPlace = feed !== null && feed.by !== 'pipe' && stage.operands.some(isFed);
  const sources: Source[] = feed === null || inPlace ? [] : [...feed.sources];
  let prompt: string | null = null;
  for (const operand of stage.operands) {
    if (operation.takes.what === 'prompt') {
      if (prompt === null && operand.value.type === 'text') prompt = operand.value.value;
      sources.push({ ...nothing(operand), origin: { type: 'unknown' } });
    } else if (inPlace && isFed(operand)) {
      sources.push(...feed.sources.map((source) => ranged(operand, linker, operation, source)));
    } else {
      sources.push(ranged(operand, linker, operation, sourceOf(operand, made, context)));
    }
  }
  const clauses = readClauses(stage, operation);
  diagnostics.push(...clauses.problems);
  const extras = clauses.files.flatMap((use) => {
    const known = linker.file(use.path, use.span);
    return known === null ? [] : [{ ...use, known }];
  });
  const view: StageView = { prompt, sources, world, at: clauses.at };
  const reduces = feed?.by === 'reduce';
  const readable = clauses.problems.length === 0 && sources.length >= (reduces ? 1 : operation.takes.min);
  const wrong = readable ? (operation.check?.(clauses.given, view) ?? []) : [];
  diagnostics.push(...wrong);
  const finished = readable && diagnostics.length === wrongBefore;
  const args = finished ? operation.arguments(clauses.given, view) : null;
  const names = args === null ? [] : (operation.models?.(args) ?? []);
  return {
    type: 'work',
    stage,
    asked: null,
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
      if (model === undefined) return [];
      const { digest, memory } = model;
      return [memory === undefined ? { name, digest } : { name, digest, memory }];
    }),
    predicted:
      args === null
        ? { kind: operation.gives }
        : operation.predict(
            args,
            sources.map(({ facts }) => facts),
          ),
    reduces,
    fed: feed === null || feed.by !== 'map' ? null : labelOf(feed.sources[0]),
    perItem: sources.some(
      ({ origin }) => origin.type === 'item' || (origin.type === 'stage' && origin.stage.perItem),
    ),
    throttle: feed?.throttle ?? null,
    grows: null,
  };
}

/** What an operand stands for; a pipeline in parentheses is resolved on the way. */
export function sourceOf(operand: Operand, made: Made, context: Context): Source {
  if (operand.value.type !== 'pipeline') return linkOperand(operand, context.linker);
  const inner = context.pipeline(operand.value, made, context);
  if (inner?.type === 'set') context.diagnostics.push(severalHere(operand.span));
  if (inner?.type !== 'work') return { ...nothing(operand), origin: { type: 'unknown' } };
  return { ...nothing(operand), origin: { type: 'stage', stage: inner }, whole: inner.predicted };
}

/** A stage's result as the operand of the next. */
export function sourceOfWork(work: WorkStage, span: Span = work.stage.span): Source {
  return {
    span,
    range: null,
    origin: { type: 'stage', stage: work },
    whole: work.predicted,
    facts: work.predicted,
  };
}

/** What a thing that MAP is at is called in PQL. */
function labelOf(source: Source | undefined): string | null {
  if (source?.origin.type !== 'known') return null;
  const { known, label } = source.origin;
  return known.id === null ? printText(label) : label;
}

/** An operand of which nothing is known. */
export function nothing(at: { span: Span }): Omit<Source, 'origin'> {
  return { span: at.span, range: null, facts: null, whole: null };
}

/** Puts the range of an operand on its source; what the operation sees is the part, unless it cuts itself. */
export function ranged(
  operand: Operand,
  linker: Linker,
  operation: { cuts?: boolean },
  source: Source,
): Source {
  if (operand.range === null)
    return { ...source, facts: source.range === null ? source.whole : source.facts };
  const range = linker.range(operand.range);
  const cut = range !== null && operation.cuts !== true && source.whole !== null;
  return { ...source, range, facts: cut ? partOf(source.whole, range) : source.whole };
}

function isFed({ value }: Operand): boolean {
  return value.type === 'reference' && value.name === '_';
}

function severalHere(span: Span): Diagnostic {
  return {
    code: 'PQL234',
    message: 'these are several things where one is wanted',
    span,
    hint: 'write FROM first and go on with MAP ( … ) for each or REDUCE STITCH for all',
  };
}
