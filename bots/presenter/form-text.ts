import type { Clause, Operand, Stage, TextValue } from '../../dsl/ast.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { ClauseSpec, Clauses, JobOperation } from '../../dsl/operation.ts';
import { parse } from '../../dsl/parse.ts';
import { printClause, printOperand, printText } from '../../dsl/print.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import type { Values } from './ask.ts';
import { type ConsentVerb, consentVerb, targetId } from './consent-verbs.ts';
import { operandId } from './option-of.ts';
import { plainText } from './plain.ts';

type Vocabulary = ReturnType<typeof vocabularyOf>;

/** Makes canonical PQL of what a command or a form was filled in with. */
export type FormText = (verb: string, values: Values) => string;

/** Whatever stands in a value stays one value: it is read as what its place wants, and put in quotes where it is anything else, so that the
 * check says what is wrong with it and nobody can say a second thing in it. */
export function createFormText(catalogue: Catalogue): FormText {
  const vocabulary = vocabularyOf(catalogue);
  return (verb, given) => {
    const values = cleaned(given);
    if (verb === 'pql') return given.query ?? '';
    if (verb === 'groups') return listed('GROUPS', 'GROUP', values.group);
    if (verb === 'jobs') return listed('JOBS', null, values.job);
    const consent = consentVerb(catalogue, verb);
    if (consent !== null) return statement(shapeOfConsent(consent, vocabulary), values, vocabulary);
    const operation = catalogue.get(verb.toUpperCase());
    if (operation?.runs !== 'job') throw new Error(`there is no form for ${verb}`);
    return statement(shapeOfJob(operation, vocabulary), values, vocabulary);
  };
}

/** How a statement of one verb is put together. */
interface Shape {
  /** `OPT OUT`, `ENHANCE`. */
  head: string;
  /** What stands behind it: the field, and how a value stands bare; null where it cannot. */
  operand: { id: string; bare(value: string): string | null } | null;
  clauses: Clauses;
  /** A stage to which a clause can be added, to read it: `ENHANCE x`. */
  lead: string;
  /** Whether AS and TO may follow. */
  isJob: boolean;
}

function shapeOfJob(operation: JobOperation, vocabulary: Vocabulary): Shape {
  const { verb, clauses } = operation;
  const bare = (value: string) => bareOperands(operation, value, vocabulary);
  const operand = { id: operandId(operation), bare };
  return { head: verb, operand, clauses, lead: `${verb} x`, isJob: true };
}

function shapeOfConsent({ operation, variant }: ConsentVerb, vocabulary: Vocabulary): Shape {
  const head = [operation.verb, ...variant.subject].join(' ');
  const id = targetId(variant);
  // A name is always in quotes.
  const isName = variant.takes?.what === 'prompt';
  const bare = (value: string) => (isName ? printText(unquoted(value)) : bareTarget(head, value, vocabulary));
  const lead = `${head} ${isName ? '"x"' : 'x'}`;
  return {
    head,
    operand: id === null ? null : { id, bare },
    clauses: variant.clauses ?? {},
    lead,
    isJob: false,
  };
}

/** An id or a name. */
function bareTarget(head: string, text: string, vocabulary: Vocabulary): string | null {
  const stage = onlyStage(`${head} ${text}`, vocabulary);
  const [operand, second] = stage?.operands ?? [];
  const isOne = operand?.value.type === 'reference' && operand.value.name === text && second === undefined;
  return isOne && stage?.clauses.length === 0 ? text : null;
}

/** Each value was looked at by itself; words that mean something side by side (TO AS) are told apart by quoting all of them. */
function statement(shape: Shape, values: Values, vocabulary: Vocabulary): string {
  const text = written(shape, values, (value, bare) => bare ?? printText(value), vocabulary);
  const saysNoMore = holdsOnly(text, shape, values, vocabulary);
  return saysNoMore ? text : written(shape, values, (value) => printText(unquoted(value)), vocabulary);
}

/** How a value is written that can stand bare as `bare`; null where it cannot. */
type Spell = (value: string, bare: string | null) => string;

function written(shape: Shape, values: Values, spell: Spell, vocabulary: Vocabulary): string {
  const { head, operand, clauses, lead, isJob } = shape;
  const part = (id: string, head: string, bare: (value: string) => string | null) => {
    const value = values[id] ?? '';
    return value === '' ? [] : [`${head}${spell(value, bare(value))}`];
  };
  return [
    head,
    ...(operand === null ? [] : part(operand.id, '', operand.bare)),
    ...Object.entries(clauses).flatMap(([word, spec]) => {
      const id = word.toLowerCase();
      if (spec.type.count[1] === 0) return /^(?:true|yes|on|1)$/i.test(values[id] ?? '') ? [word] : [];
      return part(id, `${word} `, (value) => bareValues(lead, word, spec, value, vocabulary));
    }),
    ...(isJob ? part('to', 'TO ', (value) => (isPath(lead, value, vocabulary) ? value : null)) : []),
    ...(isJob ? part('as', 'AS ', (value) => (isName(lead, value, vocabulary) ? value : null)) : []),
  ].join(' ');
}

/** Whether a text is one stage of the verb with nothing but what was filled in. */
function holdsOnly(text: string, shape: Shape, values: Values, vocabulary: Vocabulary): boolean {
  const { head, operand, isJob } = shape;
  const { statements } = parse(text, vocabulary).script;
  const stages = statements.flatMap(({ pipeline }) => pipeline.stages);
  const [stage] = stages;
  if (stages.length !== 1 || stage?.type !== 'stage') return false;
  if ([stage.verb, ...stage.subject].map(({ text }) => text).join(' ') !== head) return false;
  const words = stage.clauses.map(({ word }) => word.text.toLowerCase());
  return (
    new Set(words).size === words.length &&
    words.every((word) => (values[word] ?? '') !== '') &&
    stage.operands.length > 0 === (operand !== null && (values[operand.id] ?? '') !== '') &&
    (stage.to !== null) === (isJob && (values.to ?? '') !== '') &&
    (stage.as !== null) === (isJob && (values.as ?? '') !== '')
  );
}

/** A description is always in quotes. */
function bareOperands({ verb, takes }: JobOperation, text: string, vocabulary: Vocabulary): string | null {
  if (takes.what === 'prompt') return printText(unquoted(text));
  const stage = onlyStage(`${verb} ${text}`, vocabulary);
  if (stage === null || !isBare(stage) || stage.clauses.length > 0 || stage.operands.length === 0)
    return null;
  return stage.operands.every(isSimple) ? stage.operands.map(printOperand).join(' + ') : null;
}

function isBare({ to, as }: Stage): boolean {
  return to === null && as === null;
}

/** A pipeline in parentheses says more than which clip. */
function isSimple({ value }: Operand): boolean {
  return value.type !== 'pipeline';
}

/** Values that are readable, as they are or in quotes; what is wrong with others, their own spelling shows best. */
function bareValues(
  lead: string,
  word: string,
  spec: ClauseSpec<unknown, unknown>,
  text: string,
  vocabulary: Vocabulary,
): string | null {
  const bare = onlyClause(lead, `${word} ${text}`, vocabulary);
  const quoted = quotedClause(word, unquoted(text));
  if (
    bare?.values.every((each) => each.type !== 'operand' || isSimple(each)) &&
    (reads(spec, bare) || !reads(spec, quoted))
  )
    return valuesOf(bare);
  // Where several texts may stand, people put commas between them and no quotes around them.
  const texts = text.split(',').map((part) => unquoted(part.trim()));
  if (texts.length > 1 && reads(spec, quotedClause(word, ...texts))) return texts.map(printText).join(', ');
  return printText(unquoted(text));
}

function valuesOf(clause: Clause): string {
  return printClause(clause).slice(clause.word.text.length + 1);
}

function reads({ type }: ClauseSpec<unknown, unknown>, { word, values }: Clause): boolean {
  const [least, most] = type.count;
  if (values.length < least || values.length > most) return false;
  return 'value' in type.read(values, { label: word.text, span: word.span, files: [] });
}

function quotedClause(word: string, ...texts: string[]): Clause {
  const values = texts.map((value): TextValue => ({ type: 'text', value, span: nowhere }));
  return { type: 'clause', word: { text: word, span: nowhere }, values, span: nowhere };
}

function onlyClause(lead: string, text: string, vocabulary: Vocabulary): Clause | null {
  const stage = onlyStage(`${lead} ${text}`, vocabulary);
  const [clause, second] = stage?.clauses ?? [];
  if (stage === null || !isBare(stage) || stage.operands.length !== 1) return null;
  return clause !== undefined && second === undefined ? clause : null;
}

/** The one stage that a text is, with nothing wrong and nothing behind it; null where it is more or less. */
function onlyStage(text: string, vocabulary: Vocabulary): Stage | null {
  const { script, diagnostics, comments } = parse(text, vocabulary);
  const [statement, second] = script.statements;
  const [stage, next] = statement?.pipeline.stages ?? [];
  if (diagnostics.length > 0 || comments.length > 0 || text.includes(';') || statement?.explain) return null;
  if (second !== undefined || next !== undefined || stage?.type !== 'stage') return null;
  return stage;
}

function listed(many: string, one: string | null, id: string | undefined): string {
  if (id === undefined || id === '') return `SHOW ${many}`;
  const target = /^[gj]\d{1,9}$/i.test(id) ? id.toLowerCase() : printText(id);
  return one === null ? `FIND ${target}` : `FIND ${one} ${target}`;
}

/** Without what no text may hold. */
function cleaned(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, plainText(value).trim()]));
}

/** People put descriptions in quotes since PQL does. */
function unquoted(text: string): string {
  return /^(?:"[^"]*"|“[^”]*”|'[^']*')$/.exec(text) === null ? text : text.slice(1, -1);
}

function isPath(lead: string, text: string, vocabulary: Vocabulary): boolean {
  const to = onlyStage(`${lead} TO ${text}`, vocabulary)?.to;
  return to?.path.type === 'path' && to.path.value === text && to.url === null && !to.overwrite;
}

function isName(lead: string, text: string, vocabulary: Vocabulary): boolean {
  return onlyStage(`${lead} AS ${text}`, vocabulary)?.as?.text === text;
}

const nowhere = { start: 0, end: 0 };
