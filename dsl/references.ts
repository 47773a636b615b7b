import { keyword } from '../grammar/keyword.ts';
import type { FromSource, Operand, Pipeline, Script, Stage } from './ast.ts';
import { operandsOf, stagesOf } from './bound-names.ts';
import type { Catalogue } from './catalogue.ts';
import { destinationProblem } from './destination-problem.ts';
import type { Operation } from './operation.ts';
import type { Collection } from './query/collection.ts';
import { collectionOf } from './query/collections.ts';
import type { Query } from './query/query.ts';
import { readQuery } from './query/read-query.ts';
import { clauseOf } from './read-clauses.ts';
import { urlProblem } from './values/url.ts';
import type { FileUse } from './values/value-type.ts';

/** What the engine has to look up before a script can be planned: keys of the maps of World, each once. */
export interface References {
  /** Names and ids in lower case, `_` among them. */
  names: string[];
  /** Paths of local files as written. */
  files: string[];
  /** Paths after TO as written; those whose shape alone is refused are left out, so that they never touch a disk. */
  destinations: string[];
  /** What FROM asks, where MAP or REDUCE work on the answer; each once. */
  queries: Query[];
  /** Links after `?` and NOTIFY as written, likewise. */
  urls: string[];
}

/** Collects what a script refers to. Pure, linear, never throws. */
export function references(script: Script, catalogue: Catalogue): References {
  const found = {
    names: new Set<string>(),
    files: new Set<string>(),
    destinations: new Set<string>(),
    urls: new Set<string>(),
  };
  const queries = new Map<string, Query>();
  for (const statement of script.statements) {
    for (const query of queriesOf(statement.pipeline)) queries.set(JSON.stringify(query), query);
    for (const operand of listedOf(statement.pipeline)) collectOperand(operand, found);
    for (const stage of stagesOf(statement.pipeline)) {
      const operation = catalogue.get(keyword(stage.verb.text));
      if (operation !== undefined) {
        collectOperands(stage, operation, found);
        if (operation.runs === 'job') collectClauses(stage, operation, found);
      }
      if (stage.to === null) continue;
      if (destinationProblem(stage.to.path.value) === null) found.destinations.add(stage.to.path.value);
      if (stage.to.url !== null && urlProblem(stage.to.url.value) === null)
        found.urls.add(stage.to.url.value);
    }
  }
  return {
    names: [...found.names],
    files: [...found.files],
    destinations: [...found.destinations],
    urls: [...found.urls],
    queries: [...queries.values()],
  };
}

/** What a pipeline asks the workspace for, to work on it. */
function queriesOf({ stages }: Pipeline): Query[] {
  return stages.flatMap((stage, index): Query[] => {
    if (stage.type !== 'from' || stage.source === null || index === stages.length - 1) return [];
    const { source } = stage;
    const collection = source.type === 'group' ? collectionOf('media') : collectionIn(source);
    if (collection === null || collection.gives === null) return [];
    const group = source.type === 'group' ? source.id.text.toLowerCase() : null;
    const read = readQuery(stage, collection, group, []);
    return read === null ? [] : [read.query];
  });
}

function collectionIn(source: FromSource): Collection | null {
  if (source.type !== 'operands' || source.operands.length !== 1) return null;
  const { value, range } = source.operands[0]!;
  return value.type === 'reference' && range === null ? collectionOf(value.name) : null;
}

/** The clips that FROM names, one by one or as what a list is of. */
function listedOf(pipeline: Pipeline): Operand[] {
  return pipeline.stages.flatMap((stage) => (stage.type === 'from' ? operandsOf(stage) : []));
}

type Found = { [K in Exclude<keyof References, 'queries'>]: Set<string> };

function collectOperand({ value }: Operand, found: Found): void {
  if (value.type === 'reference') found.names.add(value.name.toLowerCase());
  if (value.type === 'text' || value.type === 'path') found.files.add(value.value);
}

function collectOperands(stage: Stage, operation: Operation, found: Found): void {
  const takes =
    operation.runs === 'job' ? [operation.takes] : operation.variants.map((variant) => variant.takes);
  const media = takes.some((each) => each !== null && ['media', 'target', 'source'].includes(each.what));
  const files = takes.some((each) => each?.what === 'media' || each?.what === 'source');
  for (const { value } of stage.operands) {
    if (media && value.type === 'reference') found.names.add(value.name.toLowerCase());
    if (files && (value.type === 'text' || value.type === 'path')) found.files.add(value.value);
  }
}

function collectClauses(stage: Stage, operation: Operation & { runs: 'job' }, found: Found): void {
  for (const clause of stage.clauses) {
    const word = keyword(clause.word.text);
    const spec = clauseOf(operation, word);
    if (spec === undefined || clause.values.length === 0) continue;
    if (word === 'NOTIFY') {
      const [value] = clause.values;
      if ((value?.type === 'url' || value?.type === 'text') && urlProblem(value.value) === null) {
        found.urls.add(value.value);
      }
      continue;
    }
    for (const value of clause.values) if (value.type === 'operand') collectOperand(value, found);
    const files: FileUse[] = [];
    spec.type.read(clause.values, { label: word, span: clause.word.span, files });
    for (const { path } of files) found.files.add(path);
  }
}
