import { keyword } from '../grammar/keyword.ts';
import type { SelectArguments } from './arguments.ts';
import type { FromStage, Operand, Stage } from './ast.ts';
import type { Json } from './json.ts';
import type { JobOperation } from './operation.ts';
import { partOf } from './part-of.ts';
import { printOperand, stageWords } from './print.ts';
import type { Collection } from './query/collection.ts';
import { measuredFields } from './query/lists.ts';
import type { Condition, Query } from './query/query.ts';
import { readQuery } from './query/read-query.ts';
import { select } from './query/select.ts';
import {
  type Context,
  type Made,
  type Outcome,
  resolveWork,
  sourceOf,
  sourceOfWork,
} from './resolve-work.ts';
import type { GrowingSet, SetStage, Source, WorkStage } from './resolved.ts';

/** `FROM SHOTS OF v1 WHERE motion > 2`: the verb that finds the list, MEASURE where one of its fields is asked for, and what chooses from the
 * list become jobs. Alone the chosen list is the result; MAP and REDUCE work on the parts that it names. */
export function resolveList(
  stage: FromStage,
  collection: Collection,
  worked: boolean,
  made: Made,
  context: Context,
): Outcome {
  const { catalogue, diagnostics, linker } = context;
  const source = stage.source as NonNullable<FromStage['source']> & { type: 'list' };
  const wrongBefore = diagnostics.length;
  const read = readQuery({ ...stage, page: null }, collection, null, diagnostics);
  const whole = ((): Source => {
    const found = sourceOf(source.operand, made, context);
    const range = source.operand.range === null ? null : linker.range(source.operand.range);
    return { ...found, range, facts: range === null ? found.whole : partOf(found.whole, range) };
  })();
  const add = (verb: string): WorkStage | null => {
    const operation = catalogue.get(verb);
    if (operation?.runs !== 'job') return null;
    const unread = verbStage(source.verb, verb, null);
    // The clip is resolved once and read by both; the stage shows it all the same.
    const work = resolveWork(
      unread,
      operation,
      { sources: [whole], by: 'pipe', throttle: null },
      made,
      context,
    );
    work.stage = { ...unread, operands: [source.operand], span: source.operand.span };
    made.work.push(work);
    return work;
  };
  const found = add(keyword(source.verb.text));
  if (found === null || read === null || whole.origin.type === 'unknown') {
    // Nothing runs: what was made of the operand twice says what is wrong with it twice.
    diagnostics.splice(wrongBefore, diagnostics.length, ...once(diagnostics.slice(wrongBefore)));
    return null;
  }
  const measured = asked(read.query).some((field) => measuredFields.some(({ name }) => name === field));
  const measures = measured ? add('MEASURE') : null;
  const list = listWork(
    stage,
    collection,
    read.query,
    [found, ...(measures === null ? [] : [measures])],
    context,
  );
  made.work.push(list);
  if (!worked) {
    if (stage.as !== null) linker.bind(stage.as, list);
    return list;
  }
  const growing: GrowingSet = { list, whole, each: [], groups: null, throttle: null };
  list.grows = growing;
  return { type: 'set', stage, items: null, growing, collection } satisfies SetStage;
}

/** The fields that a query looks at. */
function asked({ where, order }: Query): string[] {
  const fields = order.map(({ field }) => field);
  const stack: Condition[] = where === null ? [] : [where];
  while (stack.length > 0) {
    const each = stack.pop()!;
    if ('field' in each) fields.push(each.field);
    else stack.push(...(each.type === 'not' ? [each.of] : each.of));
  }
  return fields;
}

function listWork(
  stage: FromStage,
  collection: Collection,
  query: Query,
  sources: readonly WorkStage[],
  { linker }: Context,
): WorkStage {
  const { where, order, limit } = query;
  const args: SelectArguments = {
    list: collection.name,
    where: where as Json,
    order: order.map(({ field, descending }) => ({ field, descending })),
    limit,
  };
  return {
    type: 'work',
    stage: { ...verbStage(stage.verb, 'FROM', null), as: stage.as, span: stage.span },
    asked: askedOf(stage),
    operation: select as JobOperation,
    statement: linker.statement,
    explain: linker.explain,
    sources: sources.map((each) => sourceOfWork(each)),
    prompt: null,
    written: new Map(),
    ...{ strange: [], repeated: [], extras: [], notify: null, models: [] },
    args,
    predicted: { kind: 'text' },
    ...{ reduces: false, fed: null, perItem: false, throttle: null, grows: null },
  };
}

/** The question without the clip that it is about. */
function askedOf(stage: FromStage): NonNullable<WorkStage['asked']> {
  const [head, ...rest] = stageWords({ ...stage, as: null, page: null });
  const { operand } = stage.source as NonNullable<FromStage['source']> & { type: 'list' };
  return { head: head!.slice(0, -printOperand(operand).length - 1), rest: rest.join(' ') };
}

/** A stage that nobody typed, at the place of the word that asks for it. */
function verbStage(at: Stage['verb'], verb: string, operand: Operand | null): Stage {
  return {
    type: 'stage',
    verb: { text: verb, span: at.span },
    ...{ subject: [], operands: operand === null ? [] : [operand], clauses: [], to: null, as: null },
    span: operand?.span ?? at.span,
  };
}

function once<T extends { code: string; span: { start: number } }>(all: readonly T[]): T[] {
  const seen = new Set<string>();
  return all.filter(({ code, span }) => {
    const key = `${code} ${span.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
