import { keyword } from '../grammar/keyword.ts';
import type { AnyStage, Pipeline, Script, Stage } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { linkerOf } from './link-operand.ts';
import { printStage } from './print.ts';
import { forms } from './query/forms.ts';
import { resolveCommand } from './resolve-command.ts';
import { resolveFrom } from './resolve-from.ts';
import { resolveMap } from './resolve-map.ts';
import { resolveReduce } from './resolve-reduce.ts';
import {
  type Context,
  type Feed,
  type Made,
  nothing,
  type Outcome,
  resolveWork,
  sourceOfWork,
} from './resolve-work.ts';
import type { ResolvedStatement } from './resolved.ts';
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
  const context: Context = { catalogue, world, diagnostics, linker, pipeline: resolvePipeline };
  const statements = script.statements.map((statement, index): ResolvedStatement => {
    // What is analysed runs like any other statement.
    const explain = statement.explain && !statement.analyze;
    linker.enter(index, explain);
    const made: Made = { work: [], commands: [] };
    const last = resolvePipeline(statement.pipeline, made, context);
    if (last?.type === 'work') linker.made(last);
    const { analyze, span, pipeline } = statement;
    return { explain, analyze, span, pipeline, last, ...made };
  });
  return { statements, diagnostics };
}

function resolvePipeline(
  pipeline: Pipeline,
  made: Made,
  context: Context,
  feed: Feed | null = null,
): Outcome {
  let before: Outcome = null;
  for (const [index, stage] of pipeline.stages.entries()) {
    const piped = index > 0;
    switch (stage.type) {
      case 'from':
        if (piped || feed !== null) context.diagnostics.push(fromInside(stage));
        before = resolveFrom(stage, pipeline.stages.slice(index + 1), made, context);
        // What START MAPREDUCE asks for is asked at once.
        if (before?.type === 'command') return before;
        break;
      case 'map':
      case 'reduce':
        if (before?.type === 'set')
          before =
            stage.type === 'map'
              ? resolveMap(stage, before, made, context)
              : resolveReduce(stage, before, made, context);
        else {
          if (!piped || before !== null) context.diagnostics.push(nothingToWorkOn(stage));
          before = null;
        }
        break;
      case 'stage':
        before = resolveStage(
          stage,
          piped ? { stage: pipeline.stages[index - 1]!, result: before } : feed,
          made,
          context,
        );
    }
  }
  return before;
}

/** What a pipe brings from the stage before. */
interface Piped {
  stage: AnyStage;
  result: Outcome;
}

function resolveStage(stage: Stage, fed: Piped | Feed | null, made: Made, context: Context): Outcome {
  const operation = context.catalogue.get(keyword(stage.verb.text));
  const bound = (outcome: Outcome): Outcome => {
    if (stage.as !== null && (fed === null || 'stage' in fed || fed.by === 'reduce'))
      context.linker.bind(stage.as, outcome?.type === 'work' ? outcome : null);
    return outcome;
  };
  if (operation === undefined) {
    context.diagnostics.push(unknownVerb(stage, context.catalogue));
    return bound(null);
  }
  if (operation.runs === 'command') {
    const nested = stage.operands.flatMap(({ value }) => (value.type === 'pipeline' ? [value] : []));
    for (const each of nested) resolvePipeline(each, made, context);
    const command = resolveCommand(stage, operation, context.catalogue, context.world, context.diagnostics);
    const outcome = { type: 'command', stage, statement: context.linker.statement, command } as const;
    made.commands.push(outcome);
    return bound(outcome);
  }
  if (fed !== null && 'stage' in fed && fed.result?.type === 'set') {
    context.diagnostics.push(severalPiped(stage, operation.runs === 'job' && operation.takes.max > 1));
    return bound(null);
  }
  const feed: Feed | null = fed !== null && 'stage' in fed ? pipe(fed) : fed;
  const work = resolveWork(stage, operation, feed, made, context);
  made.work.push(work);
  return bound(work);
}

function pipe({ stage, result }: Piped): Feed {
  const source =
    result?.type === 'work'
      ? sourceOfWork(result, stage.span)
      : { ...nothing(stage), origin: { type: 'unknown' as const } };
  return { sources: [source], by: 'pipe', throttle: null };
}

function fromInside({ verb, span }: AnyStage): Diagnostic {
  return {
    code: 'PQL232',
    message: `${keyword(verb.text)} begins a pipeline`,
    span: { start: verb.span.start, end: Math.max(verb.span.end, span.start) },
    hint: 'write it as the first stage of a statement of its own',
  };
}

function nothingToWorkOn({ verb }: AnyStage): Diagnostic {
  const word = keyword(verb.text);
  return {
    code: 'PQL235',
    message: `${word} works on what FROM finds`,
    span: verb.span,
    expected: 'FROM before it, as in FROM videos | MAP ( ENHANCE UPSCALE 2x )',
    hint:
      word === 'MAP'
        ? 'for one clip, write the stages without MAP'
        : 'STITCH a + b puts named clips together',
  };
}

function severalPiped(stage: Stage, takesMany: boolean): Diagnostic {
  const verb = keyword(stage.verb.text);
  const { start } = stage.span;
  return {
    code: 'PQL234',
    message: `FROM finds several things, ${verb} ${takesMany ? 'makes one of them' : 'works on one'}`,
    span: stage.verb.span,
    hint: takesMany ? `REDUCE ${verb} makes one of all` : `MAP ( ${verb} … ) does it to each`,
    fix: takesMany
      ? { span: { start, end: start }, text: 'REDUCE ' }
      : { span: stage.span, text: `MAP ( ${printStage(stage)} )` },
  };
}

function unknownVerb(stage: Stage, catalogue: Catalogue): Diagnostic {
  const word = stage.verb.text;
  const near = suggest(word, [...catalogue.keys(), ...forms.map(({ verb }) => verb)]);
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
