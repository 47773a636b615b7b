import { keyword } from '../grammar/keyword.ts';
import type { Pipeline, ReduceStage, Stage, Word } from './ast.ts';
import { stagesOf } from './bound-names.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Kind } from './kind.ts';
import type { JobOperation } from './operation.ts';
import { placed } from './placed.ts';
import { fieldOf } from './query/read-condition.ts';
import { addGrowing } from './resolve-map.ts';
import {
  type Context,
  type Feed,
  type Made,
  type Outcome,
  resolveWork,
  sourceOfWork,
} from './resolve-work.ts';
import type { SetItem, SetStage, Source, WorkStage } from './resolved.ts';
import { toldOnce } from './told-once.ts';

/** `REDUCE STITCH`: one of all; with BY, one of those that have a field in common. */
export function resolveReduce(stage: ReduceStage, set: SetStage, made: Made, context: Context): Outcome {
  const { diagnostics } = context;
  const operation = reducerOf(stage, context);
  if (operation === null || stage.body.stages.some(({ type }) => type !== 'stage')) return null;
  if (stage.by !== null) return reduceBy(stage, stage.by, operation, set, made, context);
  if (set.growing !== null) {
    const { growing } = set;
    const before = growing.each.findLast(({ operation: { gives } }) => gives !== null);
    const facts = before?.predicted ?? partFacts(growing.whole);
    const source: Source = {
      span: set.stage.span,
      range: null,
      origin: { type: 'each', set: growing },
      whole: facts,
      facts,
    };
    return context.pipeline(stage.body, made, context, { sources: [source], by: 'reduce', throttle: null });
  }
  if (set.items === null) return null;
  if (set.items.length === 0) {
    diagnostics.push(ofNothing(stage, set));
    return null;
  }
  const mixed = mixedKinds(stage, operation, set.items);
  if (mixed !== null) {
    diagnostics.push(mixed);
    return null;
  }
  return reduceAll(stage.body, operation, set.items, made, context);
}

function partFacts({ facts }: Source) {
  const { duration: _duration, frames: _frames, ...part } = facts ?? { kind: 'video' as const };
  return part;
}

/** The verb that takes them all; null where there is none, which is told. */
function reducerOf(stage: ReduceStage, context: Context): JobOperation | null {
  const inside = stage.body.stages.find(({ type }) => type !== 'stage');
  if (inside !== undefined) {
    context.diagnostics.push({
      code: 'PQL232',
      message: `${keyword(inside.verb.text)} cannot stand inside REDUCE`,
      span: inside.verb.span,
      hint: 'REDUCE makes one thing: begin with a verb that takes several, such as STITCH',
    });
    return null;
  }
  const first = stage.body.stages[0] as Stage | undefined;
  if (first === undefined) return null;
  const operation = context.catalogue.get(keyword(first.verb.text));
  // Unknown verbs are told where stages are resolved.
  if (operation === undefined || operation.runs === 'command') {
    context.pipeline({ ...stage.body, stages: [first] }, { work: [], commands: [] }, context);
    if (operation !== undefined) context.diagnostics.push(noReducer(first, operation.verb));
    return null;
  }
  if (operation.takes.what === 'media' && operation.takes.max > 1) return operation;
  context.diagnostics.push(noReducer(first, operation.verb));
  return null;
}

function reduceAll(
  body: Pipeline,
  operation: JobOperation,
  items: readonly SetItem[],
  made: Made,
  context: Context,
): WorkStage | null {
  const sources = inPortions(
    body.stages[0] as Stage,
    operation,
    items.map(({ source }) => source),
    made,
    context,
  );
  const feed: Feed = { sources, by: 'reduce', throttle: null };
  const outcome = context.pipeline(body, made, context, feed);
  return outcome?.type === 'work' ? outcome : null;
}

/** As many as the verb takes at a time: a thousand clips are stitched to two films, and those to one. */
function inPortions(
  first: Stage,
  operation: JobOperation,
  sources: readonly Source[],
  made: Made,
  context: Context,
): readonly Source[] {
  const room = operation.takes.max - first.operands.length;
  if (sources.length <= room) return sources;
  const portions: Source[] = [];
  const bare: Stage = { ...first, operands: [], to: null, as: null };
  for (let at = 0; at < sources.length; at += operation.takes.max) {
    const feed: Feed = { sources: sources.slice(at, at + operation.takes.max), by: 'reduce', throttle: null };
    const work = resolveWork(bare, operation, feed, made, context);
    made.work.push(work);
    portions.push(sourceOfWork(work));
  }
  return inPortions(first, operation, portions, made, context);
}

function reduceBy(
  stage: ReduceStage,
  by: Word,
  operation: JobOperation,
  set: SetStage,
  made: Made,
  context: Context,
): SetStage | null {
  const { diagnostics } = context;
  const field = fieldOf(by, set.collection, diagnostics);
  if (field === null) return null;
  const all = stagesOf(stage.body);
  if (set.growing !== null) return growingGroups(stage, field.name, set, made, context);
  if (set.items === null) return null;
  if (set.items.length === 0) {
    diagnostics.push(ofNothing(stage, set));
    return null;
  }
  const groups = new Map<string, SetItem[]>();
  for (const item of set.items) {
    const key = JSON.stringify(item.fields[field.name] ?? null);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const problems = [
    ...all.flatMap(({ as }) => (as === null ? [] : [sharedName(as)])),
    ...(groups.size > 1 ? sameFile(all, field.name) : []),
  ];
  diagnostics.push(...problems);
  const told = toldOnce(diagnostics);
  const some = problems.length > 0 ? [...groups.values()].slice(0, 1) : [...groups.values()];
  const items = some.flatMap((members, index): SetItem[] => {
    const value = members[0]!.fields[field.name] ?? null;
    const fields = { [field.name]: value, [by.text.toLowerCase()]: value, n: index + 1 };
    const work = told(`${field.name} ${String(value ?? 'unknown')}`, () => {
      const mixed = mixedKinds(stage, operation, members);
      if (mixed !== null) {
        diagnostics.push(mixed);
        return null;
      }
      return reduceAll(placed(stage.body, fields), operation, members, made, context);
    });
    return work === null ? [] : [{ source: sourceOfWork(work, stage.span), fields }];
  });
  return { ...set, stage, items };
}

function growingGroups(
  stage: ReduceStage,
  by: string,
  set: SetStage,
  made: Made,
  context: Context,
): SetStage {
  const growing = set.growing!;
  const before = growing.each.findLast(({ operation: { gives } }) => gives !== null);
  const facts = before?.predicted ?? partFacts(growing.whole);
  const own: Made = { work: [], commands: made.commands };
  context.pipeline(stage.body, own, context, {
    sources: [{ span: stage.span, range: null, origin: { type: 'item', set: growing }, whole: facts, facts }],
    by: 'reduce',
    throttle: null,
  });
  const all = stagesOf(stage.body);
  context.diagnostics.push(
    ...all.flatMap(({ as }) => (as === null ? [] : [sharedName(as)])),
    ...sameFile(all, by),
  );
  growing.groups = { by, stages: own.work };
  addGrowing(growing, own.work, made);
  return { ...set, stage, growing };
}

function sharedName({ span, text }: Word): Diagnostic {
  return {
    code: 'PQL234',
    message: 'several things cannot share a name',
    span,
    found: `the name ${text}`,
    hint: 'REDUCE BY makes one of each kind; leave AS out, or BY',
  };
}

function sameFile(stages: readonly Stage[], field: string): Diagnostic[] {
  return stages.flatMap(({ to }) => {
    if (to === null || /\{\w+\}/.test(to.path.value)) return [];
    const { value, span } = to.path;
    const dot = value.lastIndexOf('.');
    const stem = dot > value.lastIndexOf('/') + 1 ? dot : value.length;
    return [
      {
        code: 'PQL432' as const,
        message: `all would be written to ${value}`,
        span,
        expected: `a path that says which, with {${field}} or {n} in it`,
        fix: { span, text: JSON.stringify(`${value.slice(0, stem)}-{${field}}${value.slice(stem)}`) },
      },
    ];
  });
}

function ofNothing(stage: ReduceStage, set: SetStage): Diagnostic {
  return {
    code: 'PQL415',
    message: 'there is nothing to make something of',
    span: stage.verb.span,
    found: `no ${set.collection.name} that fit`,
    hint: 'loosen WHERE; FROM alone shows what it finds',
  };
}

function noReducer(first: Stage, verb: string): Diagnostic {
  return {
    code: 'PQL236',
    message: `${verb} does not make one of several`,
    span: first.verb.span,
    expected: 'a verb that takes several, such as STITCH',
    hint: `MAP ( ${verb} … ) does it to each`,
  };
}

const nouns: Readonly<Record<Kind, string>> = {
  video: 'a clip',
  image: 'a picture',
  audio: 'a sound',
  text: 'a text',
};

/** Things that the verb cannot take among those that it can. */
function mixedKinds(
  stage: ReduceStage,
  { takes, verb }: JobOperation,
  items: readonly SetItem[],
): Diagnostic | null {
  const kinds = items.map(({ source: { whole } }) => whole?.kind ?? 'video');
  const wrong = items.filter((_, index) => !takes.kinds.includes(kinds[index]!));
  if (wrong.length === 0) return null;
  const names = wrong
    .slice(0, 3)
    .map(({ fields, source: { whole } }) => `${fields.id ?? 'one'} (${nouns[whole?.kind ?? 'video']})`);
  const wanted = takes.kinds.map((kind) => nouns[kind]).join(' or ');
  return {
    code: 'PQL406',
    message: `${verb} takes ${takes.noun}, and ${wrong.length} of these ${items.length} ${wrong.length === 1 ? 'is' : 'are'} not ${wanted}`,
    span: stage.verb.span,
    found: names.join(', ') + (wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''),
    hint: `add WHERE kind = ${takes.kinds[0]}`,
  };
}
