import { keyword } from '../grammar/keyword.ts';
import type { AnyStage, Clause, Pipeline, Script, Span, Stage, Value } from './ast.ts';
import { operandsOf } from './bound-names.ts';
import type { Catalogue } from './catalogue.ts';
import { identifier } from './identifier.ts';

/** A text of a script that may name somebody, with its place. */
export interface ScriptText {
  text: string;
  span: Span;
}

/** Somebody who is to be cast, and under which grants. */
export interface Casting {
  name: string;
  span: Span;
  under: readonly string[];
}

/** What there is to judge of a script. */
export interface PlanTexts {
  texts: ScriptText[];
  castings: Casting[];
  /** Media by name, id or path, whose own making is judged too, and what is done with them. */
  named: { name: string; span: Span; verb: string }[];
  /** Where FROM asks for media. */
  asked: Span[];
}

/** What a script says that could end up in a film, in the order of the text: prompts, clauses, names, paths and links, folder by folder. What
 * is only asked (FROM … WHERE, SEARCH, OPT OUT) may name anybody. */
export function planTexts(script: Script, catalogue: Catalogue): PlanTexts {
  const texts: ScriptText[] = [];
  const castings: Casting[] = [];
  const named: PlanTexts['named'] = [];
  const asked: Span[] = [];
  const say = (value: Value): void => {
    switch (value.type) {
      case 'text':
        texts.push({ text: value.value, span: value.span });
        break;
      case 'reference':
        // v12 says nothing of anybody; what made it is judged.
        if (value.name === '_' || identifier(value.name) !== null) break;
        texts.push({ text: value.name, span: value.span });
        break;
      case 'path':
      case 'url':
        texts.push(...inPieces(value.value, value.span));
        break;
      case 'settings':
        for (const setting of value.settings) {
          texts.push({ text: setting.word.text, span: setting.word.span });
          if (setting.value !== null) say(setting.value);
        }
    }
  };
  const clause = ({ word, values }: Clause, stage: Stage): void => {
    const key = keyword(word.text);
    if (key === 'UNDER') return;
    if (key === 'CAST') castings.push(...castingsIn(values, stage));
    if (!knows(catalogue, stage, key)) texts.push({ text: word.text, span: word.span });
    for (const value of values) say(value);
  };
  const stage = (each: AnyStage): void => {
    if (each.type === 'from') asked.push(each.span);
    const said = each.type === 'stage' && isPrompt(each, catalogue) ? each.operands : [];
    for (const operand of operandsOf(each)) {
      const { value } = operand;
      if (value.type === 'pipeline') pipeline(value);
      else {
        if (value.type !== 'url')
          named.push({
            name: 'name' in value ? value.name : value.value,
            span: value.span,
            verb: verbOf(each),
          });
        if (value.type !== 'text' || said.includes(operand)) say(value);
        else texts.push(...inPieces(value.value, value.span));
      }
    }
    if (each.type === 'map' || each.type === 'reduce') pipeline(each.body);
    if (each.type === 'stage') {
      for (const one of each.clauses) clause(one, each);
      if (each.to !== null) {
        const { path, url } = each.to;
        texts.push(...inPieces(path.value, path.span));
        if (url !== null) texts.push(...inPieces(url.value, url.span));
      }
    }
    if (each.as !== null) texts.push({ text: each.as.text, span: each.as.span });
  };
  const pipeline = ({ stages }: Pipeline): void => {
    for (const each of stages) if (!isCommand(each, catalogue)) stage(each);
  };
  for (const statement of script.statements) pipeline(statement.pipeline);
  return { texts, castings, named, asked };
}

/** In capitals; none of FROM, MAP and REDUCE. */
function verbOf(stage: AnyStage): string {
  return stage.type === 'stage' ? keyword(stage.verb.text) : '';
}

function castingsIn(values: readonly Value[], stage: Stage): Casting[] {
  const under = stage.clauses
    .filter(({ word }) => keyword(word.text) === 'UNDER')
    .flatMap((clause) =>
      clause.values.flatMap((value) => (value.type === 'reference' ? [value.name.toLowerCase()] : [])),
    );
  return values.flatMap((value) =>
    value.type === 'text' ? [{ name: value.value, span: value.span, under }] : [],
  );
}

/** A path or a link as its parts: a folder is a text of its own, and so is what a link has encoded. */
export function inPieces(path: string, span: Span): ScriptText[] {
  return path
    .split(/[/\\?&#=]+/)
    .map((piece) => ({ text: decoded(piece), span }))
    .filter(({ text }) => text !== '');
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** What is answered at once makes nothing. */
function isCommand(stage: AnyStage, catalogue: Catalogue): boolean {
  return stage.type === 'stage' && catalogue.get(keyword(stage.verb.text))?.runs === 'command';
}

function isPrompt(stage: Stage, catalogue: Catalogue): boolean {
  const operation = catalogue.get(keyword(stage.verb.text));
  return operation?.runs === 'job' && operation.takes.what === 'prompt';
}

function knows(catalogue: Catalogue, stage: Stage, word: string): boolean {
  const operation = catalogue.get(keyword(stage.verb.text));
  return operation?.runs === 'job' && Object.hasOwn(operation.clauses, word);
}
