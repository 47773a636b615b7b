import { keyword } from '../grammar/keyword.ts';
import type { Script, Stage } from './ast.ts';
import { stagesOf } from './bound-names.ts';
import type { Catalogue } from './catalogue.ts';
import { destinationProblem } from './destination-problem.ts';
import type { Operation } from './operation.ts';
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
  for (const statement of script.statements) {
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
  };
}

type Found = { [K in keyof References]: Set<string> };

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
    const files: FileUse[] = [];
    spec.type.read(clause.values, { label: word, span: clause.word.span, files });
    for (const { path } of files) found.files.add(path);
  }
}
