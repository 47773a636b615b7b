import { keyword } from '../grammar/keyword.ts';
import type { MapStage, Pipeline, Stage } from './ast.ts';
import { stagesOf } from './bound-names.ts';
import type { Diagnostic } from './diagnostic.ts';
import { placed } from './placed.ts';
import type { Throttle } from './plan.ts';
import { readCount } from './query/read-query.ts';
import { type Context, type Made, sourceOfWork } from './resolve-work.ts';
import type { GrowingSet, SetItem, SetStage, Source, WorkStage } from './resolved.ts';
import { toldOnce } from './told-once.ts';

/** `MAP ( … )`: resolves what is done to each, once for every thing that is known, or once for all where the things are known only while
 * running. */
export function resolveMap(stage: MapStage, set: SetStage, made: Made, context: Context): SetStage {
  const { diagnostics, linker } = context;
  const most = stage.atMost === null ? null : readCount(stage.atMost, 'AT MOST', diagnostics);
  const throttle: Throttle | null =
    most === null ? null : { name: `m${linker.statement + 1}.${stage.span.start}`, most };
  const problems = bodyProblems(stage);
  diagnostics.push(...problems);
  if (stage.body.stages.some(({ type }) => type !== 'stage'))
    return { ...set, stage, items: null, growing: null };
  if (set.growing !== null) return growingMap(stage, set, throttle, made, context);
  if (set.items === null) return { ...set, stage };
  if (set.items.length > 1) problems.push(...sameFile(stage.body, set.items));
  diagnostics.push(...problems.filter((each) => !diagnostics.includes(each)));
  const told = toldOnce(diagnostics);
  // What is wrong with all of them is said once: one is enough to find what else there is.
  const items = (problems.length > 0 ? set.items.slice(0, 1) : set.items).flatMap((item): SetItem[] => {
    const work = told(labelOf(item), () => bodyOf(stage.body, item, throttle, made, context));
    return work === null ? [] : [{ source: sourceOfWork(work, item.source.span), fields: item.fields }];
  });
  return { ...set, stage, items };
}

/** The last stage that makes something of an item. */
function bodyOf(
  body: Pipeline,
  item: SetItem,
  throttle: Throttle | null,
  made: Made,
  context: Context,
): WorkStage | null {
  const own: Made = { work: [], commands: made.commands };
  const outcome = context.pipeline(placed(body, item.fields), own, context, {
    sources: [item.source],
    by: 'map',
    throttle,
  });
  for (const work of own.work) made.work.push(throttle === null ? work : Object.assign(work, { throttle }));
  return outcome?.type === 'work' ? outcome : null;
}

function growingMap(
  stage: MapStage,
  set: SetStage,
  throttle: Throttle | null,
  made: Made,
  context: Context,
): SetStage {
  const growing = set.growing!;
  const before = growing.each.at(-1);
  const { facts } = growing.whole;
  const { duration: _duration, frames: _frames, ...part } = facts ?? { kind: 'video' as const };
  const source: Source =
    before === undefined
      ? { span: stage.span, range: null, origin: { type: 'item', set: growing }, whole: part, facts: part }
      : sourceOfWork(before, stage.span);
  const own: Made = { work: [], commands: made.commands };
  context.pipeline(stage.body, own, context, { sources: [source], by: 'map', throttle });
  if (!stagesOf(stage.body).every(isPlaced)) context.diagnostics.push(...sameFile(stage.body, null));
  if (throttle !== null) for (const work of own.work) if (work.perItem) work.throttle = throttle;
  addGrowing(growing, own.work, made);
  growing.each.push(...own.work);
  growing.throttle ??= throttle;
  return { ...set, stage };
}

/** What works on a thing of the list grows with it; what does not is made once, before there is a list. */
export function addGrowing(growing: GrowingSet, work: readonly WorkStage[], made: Made): void {
  made.work.splice(made.work.indexOf(growing.list), 0, ...work.filter(({ perItem }) => !perItem));
  made.work.push(...work.filter(({ perItem }) => perItem));
}

/** MAP does stages to one thing at a time: no FROM, no MAP and no REDUCE in it, and no name, which all would have to share. */
function bodyProblems({ body }: MapStage): Diagnostic[] {
  return body.stages.flatMap((stage): Diagnostic[] => {
    if (stage.type !== 'stage') {
      const word = keyword(stage.verb.text);
      return [
        {
          code: 'PQL232',
          message: `${word} cannot stand inside MAP, which works on one thing at a time`,
          span: stage.verb.span,
          hint:
            word === 'MAP'
              ? 'put the stages behind each other: MAP ( A | B )'
              : `write ${word} behind the MAP`,
        },
      ];
    }
    return stagesOf({ ...body, stages: [stage] }).flatMap(({ as }) => (as === null ? [] : [sharedName(as)]));
  });
}

function sharedName({ span, text }: NonNullable<Stage['as']>): Diagnostic {
  return {
    code: 'PQL234',
    message: 'several things cannot share a name',
    span,
    found: `the name ${text}`,
    hint: 'name what REDUCE makes of them: REDUCE STITCH AS name',
  };
}

function isPlaced({ to }: Stage): boolean {
  return to === null || /\{\w+\}/.test(to.path.value);
}

/** All would be written to one file. */
function sameFile(body: Pipeline, items: readonly SetItem[] | null): Diagnostic[] {
  return stagesOf(body).flatMap(({ to }) => {
    if (to === null || /\{\w+\}/.test(to.path.value)) return [];
    const { value, span } = to.path;
    const dot = value.lastIndexOf('.');
    const mark = items === null ? '{n}' : '{id}';
    const path =
      dot > value.lastIndexOf('/') + 1
        ? `${value.slice(0, dot)}-${mark}${value.slice(dot)}`
        : `${value}-${mark}`;
    return [
      {
        code: 'PQL432' as const,
        message: `${items === null ? 'all' : `all ${items.length}`} would be written to ${value}`,
        span,
        expected: `a path that says which, with ${items === null ? '{n}' : '{id}, {n}'} or a field in it`,
        fix: { span, text: JSON.stringify(path) },
      },
    ];
  });
}

function labelOf({ fields, source }: SetItem): string {
  return typeof fields.id === 'string'
    ? fields.id
    : source.origin.type === 'known'
      ? source.origin.label
      : `${fields.n}`;
}
