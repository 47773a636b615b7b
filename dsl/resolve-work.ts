import { keyword } from '../grammar/keyword.ts';
import type { Operand, Pipeline, Span, Stage } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type Linker, linkOperand } from './link-operand.ts';
import type { JobOperation, StageView } from './operation.ts';
import { partOf } from './part-of.ts';
import { printText } from './print.ts';
import { collectionOf } from './query/collections.ts';
import { readClauses } from './read-clauses.ts';
import type { CommandStage, ResolvedStatement, SetStage, Source, WorkStage } from './resolved.ts';
import { namedIn, sourceClause } from './source-clause.ts';
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
  const described = operation.takes.what === 'prompt';
  const prompt = described ? promptOf(stage) : null;
  const clips = described ? clipsNamed(stage, operation, prompt) : stage.operands;
  const inPlace = feed !== null && feed.by !== 'pipe' && clips.some(isFed);
  const sources: Source[] = feed === null || inPlace ? [] : [...feed.sources];
  for (const operand of clips) {
    if (inPlace && isFed(operand)) {
      sources.push(...feed.sources.map((source) => ranged(operand, linker, operation, source)));
    } else {
      const before = diagnostics.length;
      sources.push(ranged(operand, linker, operation, sourceOf(operand, made, context)));
      if (described && diagnostics.length > before && namesSeveral(operand))
        diagnostics.splice(before, diagnostics.length, severalBegin(operand.span, stage));
    }
  }
  const clauses = readClauses(stage, operation);
  diagnostics.push(...clauses.problems);
  const extras = clauses.files.flatMap((use) => {
    const known = linker.file(use.path, use.span);
    return known === null ? [] : [{ ...use, known }];
  });
  const promptAt = stage.operands[0]?.span ?? stage.verb.span;
  const said = (word: string) => clauses.written.has(word);
  const view: StageView = { prompt, promptAt, sources, world, said, at: clauses.at };
  const reduces = feed?.by === 'reduce';
  const taken = described ? stage.operands : sources;
  const readable = clauses.problems.length === 0 && taken.length >= (reduces ? 1 : operation.takes.min);
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
    // Of FROM GROUP g7 is told that it is several; g7 is no clause.
    strange: clips.some(namesGroup)
      ? clauses.strange.filter(({ word }) => !/^g\d+$/i.test(word.text))
      : clauses.strange,
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

function promptOf({ operands }: Stage): string | null {
  for (const { value } of operands) if (value.type === 'text') return value.value;
  return null;
}

/** The clips that a clause of a described work names. A description without quotes is prose, and so is what seems to be that clause:
 * `GENERATE a letter from home`. */
function clipsNamed(stage: Stage, operation: JobOperation, prompt: string | null): Operand[] {
  const clause = sourceClause(operation);
  return clause === null || (prompt === null && stage.operands.length > 0) ? [] : namedIn(stage, clause);
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

/** `GENERATE "…" FROM videos`, `FROM GROUP g7`: a query where a clip is wanted. */
function namesSeveral({ value }: Operand): boolean {
  return value.type === 'reference' && (collectionOf(value.name) !== null || namesGroup({ value }));
}

function namesGroup({ value }: Pick<Operand, 'value'>): boolean {
  return value.type === 'reference' && ['GROUP', 'PIPELINE'].includes(keyword(value.name));
}

function severalBegin(span: Span, { verb }: Stage): Diagnostic {
  const word = keyword(verb.text);
  return {
    code: 'PQL234',
    message: `${word} begins with one picture or clip, and these are several`,
    span,
    hint: `write FROM first and make one of each: FROM GROUP g7 | MAP ( ${word} "…" )`,
  };
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
