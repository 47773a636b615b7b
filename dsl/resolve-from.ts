import { keyword } from '../grammar/keyword.ts';
import type { AnyStage, FromStage, Operand, Span, Stage, Word } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import {
  clipsAlone,
  noMedia,
  noSource,
  pageOfWork,
  unknownCollection,
  unknownList,
  unnameable,
} from './from-problems.ts';
import type { JsonObject } from './json.ts';
import { printStage } from './print.ts';
import type { Collection } from './query/collection.ts';
import { collectionOf } from './query/collections.ts';
import { knownFields } from './query/known-fields.ts';
import { lists } from './query/lists.ts';
import { compareBy, matches } from './query/matches.ts';
import type { Query } from './query/query.ts';
import { mostRows, readQuery } from './query/read-query.ts';
import { resolveList } from './resolve-list.ts';
import {
  type Context,
  type Made,
  type Outcome,
  resolveWork,
  sourceOf,
  sourceOfWork,
} from './resolve-work.ts';
import type { CommandStage, SetItem, SetStage, Source } from './resolved.ts';

/** Says what FROM asks of: of the workspace, whose answer the world holds; of clips one by one; or of a list that is made while running. Alone it
 * is a question that is answered at once, before MAP and REDUCE it is what they work on. */
export function resolveFrom(
  stage: FromStage,
  rest: readonly AnyStage[],
  made: Made,
  context: Context,
): Outcome {
  const { diagnostics, linker } = context;
  const worked = rest.some(({ type }) => type !== 'from');
  const start = keyword(stage.verb.text) === 'START';
  const parts = ['map', 'reduce'].filter((type) => rest.some((each) => each.type === type));
  if (start && (stage.source === null || parts.length < 2)) return asksForParts(stage, rest, made, context);
  if (stage.source === null) {
    // A source that could not be read is told already.
    if (stage.where === null && stage.order.length === 0) diagnostics.push(noSource(stage));
    return null;
  }
  if (worked && stage.page !== null) diagnostics.push(pageOfWork(stage.page.span));
  const { source } = stage;
  if (source.type === 'list') {
    const collection = lists.get(keyword(source.verb.text));
    if (collection !== undefined && context.catalogue.has(keyword(source.verb.text)))
      return resolveList(stage, collection, worked, made, context);
    diagnostics.push(unknownList(source.verb));
    return null;
  }
  if (stage.as !== null) diagnostics.push(unnameable(stage.as));
  const collection = source.type === 'group' ? collectionOf('media')! : collectionNamed(source.operands);
  if (source.type === 'operands' && collection === null) {
    return resolveClips(stage, source.operands, worked, made, context);
  }
  const group = source.type === 'group' ? groupOf(source.id, diagnostics) : null;
  const read = readQuery(stage, collection!, group, diagnostics);
  if (read === null || (source.type === 'group' && group === null)) return null;
  if (!worked) {
    const args = { query: read.query as unknown as JsonObject, page: read.page };
    return command(stage, 'from', collection!.name, args, made, context);
  }
  if (collection!.gives === null) {
    diagnostics.push(noMedia(stage, collection!, source.span));
    return null;
  }
  return {
    ...setOf(stage, collection!),
    items: answered(read.query, source.span, linker.found(read.query), diagnostics),
  };
}

function setOf(stage: FromStage, collection: Collection): SetStage {
  return { type: 'set', stage, items: null, growing: null, collection };
}

/** What the world says to a query; null where it cannot be worked on, which is told. */
function answered(
  query: Query,
  span: Span,
  found: ReturnType<Context['linker']['found']>,
  diagnostics: Diagnostic[],
): SetItem[] | null {
  // Nobody looked: the text is only checked, as without a workspace.
  if (found === undefined) return null;
  if ('problem' in found) {
    const words: readonly [string, string, Diagnostic['code']] = {
      'unknown group': [
        `there is no ${query.group} in this workspace`,
        'SHOW GROUPS lists the groups',
        'PQL303',
      ],
      'running group': [
        `${query.group} is still running`,
        `its results are known when it is done; FIND ${query.group} says how far it is`,
        'PQL319',
      ],
      'too many': [
        `more than ${mostRows} things are asked for`,
        `LIMIT ${mostRows}, or a WHERE, takes fewer`,
        'PQL231',
      ],
    }[found.problem] as [string, string, Diagnostic['code']];
    diagnostics.push({ code: words[2], message: words[0], span, hint: words[1] });
    return null;
  }
  return found.items.map((item, index) => ({
    source: {
      span,
      range: null,
      origin: { type: 'known', known: item, label: item.id },
      whole: item.facts,
      facts: item.facts,
    },
    fields: { ...item.fields, id: item.id, n: index + 1 },
  }));
}

/** `FROM v1 + "a.mp4" + hd[2s..4s]`: what WHERE and ORDER BY ask is answered from what is known of each. */
function resolveClips(
  stage: FromStage,
  operands: readonly Operand[],
  worked: boolean,
  made: Made,
  context: Context,
): SetStage | null {
  const collection = collectionOf('media')!;
  const read = readQuery(stage, collection, null, context.diagnostics);
  const wrongBefore = context.diagnostics.length;
  const sources = operands.map((operand) => clipOf(operand, made, context));
  const [only] = operands;
  if (operands.length === 1 && only?.value.type === 'reference' && context.diagnostics.length > wrongBefore) {
    // A single word that names nothing was more likely meant as a collection.
    context.diagnostics.splice(
      wrongBefore,
      context.diagnostics.length,
      unknownCollection(only.value, context),
    );
    return null;
  }
  if (!worked) {
    context.diagnostics.push(clipsAlone(stage, operands));
    return null;
  }
  if (read === null) return setOf(stage, collection);
  const { where, order, limit } = read.query;
  const items = sources
    .map((source, index) => ({ source, fields: { ...knownFields(source), n: index + 1 } }))
    .filter(({ fields }) => where === null || matches(where, fields));
  if (order.length > 0) {
    const before = compareBy(order);
    items.sort((one, other) => before(one.fields, other.fields));
  }
  return { ...setOf(stage, collection), items: limit === null ? items : items.slice(0, limit) };
}

/** A clip of a list; its range becomes a TRIM, so that what MAP does sees a clip like any other. */
function clipOf(operand: Operand, made: Made, context: Context): Source {
  const trim = context.catalogue.get('TRIM');
  if (operand.range === null || trim?.runs !== 'job') {
    const source = sourceOf(operand, made, context);
    return { ...source, facts: source.whole };
  }
  const stage: Stage = {
    type: 'stage',
    verb: { text: 'TRIM', span: operand.span },
    ...{ subject: [], operands: [operand], clauses: [], to: null, as: null, span: operand.span },
  };
  const work = resolveWork(stage, trim, null, made, context);
  made.work.push(work);
  return sourceOfWork(work);
}

function collectionNamed(operands: readonly Operand[]): Collection | null {
  const [only, second] = operands;
  if (second !== undefined || only?.value.type !== 'reference' || only.range !== null) return null;
  return collectionOf(only.value.name);
}

function command(
  stage: FromStage,
  operation: string,
  subject: string,
  args: JsonObject,
  made: Made,
  context: Context,
): CommandStage {
  const command = { operation, subject, arguments: args, destructive: false, text: printStage(stage) };
  const outcome = { type: 'command', stage, statement: context.linker.statement, command } as const;
  made.commands.push(outcome);
  return outcome;
}

/** START MAPREDUCE without all of its parts is a question back, never a mistake. */
function asksForParts(
  stage: FromStage,
  rest: readonly AnyStage[],
  made: Made,
  context: Context,
): CommandStage {
  const { source } = stage;
  const printed = (type: AnyStage['type']): string | null => {
    const found = rest.find((each) => each.type === type);
    return found === undefined ? null : printStage(found);
  };
  const group =
    source?.type === 'group' ? source.id.text : source === null ? null : printStage({ ...stage, source });
  return command(
    stage,
    'start',
    'mapreduce',
    { group, map: printed('map'), reduce: printed('reduce') },
    made,
    context,
  );
}

function groupOf(id: Word, diagnostics: Diagnostic[]): string | null {
  if (/^g[1-9]\d{0,8}$/i.test(id.text)) return id.text.toLowerCase();
  diagnostics.push({
    code: 'PQL315',
    message: 'GROUP wants a group',
    span: id.span,
    found: `the word ${id.text}`,
    expected: 'an id such as g7',
    hint: 'SHOW GROUPS lists the groups',
  });
  return null;
}
