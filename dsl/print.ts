import { keyword } from '../grammar/keyword.ts';
import { urlSource } from '../grammar/tokens.ts';
import type {
  AnyStage,
  Clause,
  Destination,
  Operand,
  Pipeline,
  Range,
  Script,
  Setting,
  Stage,
  Statement,
  Value,
} from './ast.ts';
import { queryWords } from './print-query.ts';

/** The canonical spelling of a script: one statement a line, each with its `;`. */
export function print(script: Script): string {
  return script.statements.map((statement) => `${printStatement(statement)};\n`).join('');
}

/** Without `;`. */
export function printStatement(statement: Statement): string {
  return `${printPrefix(statement)}${printPipeline(statement.pipeline)}`.trimEnd();
}

/** `EXPLAIN `, `EXPLAIN ANALYZE ` or nothing. */
export function printPrefix({ explain, analyze }: Statement): string {
  return explain ? (analyze ? 'EXPLAIN ANALYZE ' : 'EXPLAIN ') : '';
}

function printPipeline(pipeline: Pipeline): string {
  return pipeline.stages.map(printStage).join(' | ');
}

export function printStage(stage: AnyStage): string {
  return stageWords(stage).join(' ');
}

/** How parts of a statement are spelled, for those who print what holds them. */
export interface PrintParts {
  keyword(word: string): string;
  value(value: Value): string;
  operand(operand: Operand): string;
  pipeline(pipeline: Pipeline): string;
}

const parts: PrintParts = {
  keyword: printKeyword,
  value: printValue,
  operand: printOperand,
  pipeline: printPipeline,
};

/** The parts of a stage that a long line may be broken between: its head, each clause, TO, AS. */
export function stageWords(stage: AnyStage): string[] {
  return stage.type === 'stage' ? verbWords(stage) : queryWords(stage, parts);
}

function verbWords(stage: Stage): string[] {
  const head = [stage.verb, ...stage.subject].map((word) => printKeyword(word.text));
  const operands = stage.operands.map(printOperand).join(' + ');
  return [
    [...head, ...(operands === '' ? [] : [operands])].join(' '),
    ...stage.clauses.map(printClause),
    ...(stage.to === null ? [] : [printDestination(stage.to)]),
    ...(stage.as === null ? [] : [`AS ${stage.as.text}`]),
  ];
}

/** An operand with its range. */
export function printOperand({ value, range }: Operand): string {
  const text = value.type === 'pipeline' ? `(${printPipeline(value)})` : printValue(value);
  return range === null ? text : text + printRange(range);
}

function printRange({ from, to }: Range): string {
  return `[${from?.text ?? ''}..${to?.text ?? ''}]`;
}

export function printClause({ word, equals, values }: Clause): string {
  const head = printKeyword(word.text) + (equals ? ' =' : '');
  return values.length === 0 ? head : `${head} ${printValues(values)}`;
}

function printDestination({ path, url, overwrite }: Destination): string {
  return [
    'TO',
    printValue(path),
    ...(url === null ? [] : ['?', printValue(url)]),
    ...(overwrite ? ['OVERWRITE'] : []),
  ].join(' ');
}

function printValue(value: Value): string {
  switch (value.type) {
    case 'text':
      return printText(value.value);
    case 'number':
    case 'quantity':
      return value.text;
    case 'size':
      return `${value.width}x${value.height}`;
    case 'ratio':
      return `${value.width}:${value.height}`;
    case 'point':
      return `${withPoint(value.latitude)},${withPoint(value.longitude)}`;
    case 'date':
      return value.value;
    case 'url':
      return bareUrl.test(value.value) ? value.value : printText(value.value);
    case 'path':
      return barePath.test(value.value) ? value.value : printText(value.value);
    case 'reference':
      return value.name;
    case 'settings':
      return `(${value.settings.map(printSetting).join(', ')})`;
    case 'operand':
      return printOperand(value);
  }
}

/** A text in straight double quotes with its escapes. */
export function printText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`;
}

const bareUrl = new RegExp(`^(?:${urlSource})$`, 'u');
/** What can stand after TO without quotes. */
export const barePath = /^[^\s;|,()[\]"'=?+]+$/u;

/** A comma between values; after a word an amount needs none: `TRANSITION fade 0.5s`. */
function printValues(values: readonly Value[]): string {
  return values.reduce((text, value, index) => {
    const before = values[index - 1];
    if (before === undefined) return printValue(value);
    const close = before.type === 'reference' && amounts.has(value.type);
    const joint = value.type === 'operand' ? ' + ' : close ? ' ' : ', ';
    return text + joint + printValue(value);
  }, '');
}

const amounts: ReadonlySet<Value['type']> = new Set(['number', 'quantity', 'size', 'ratio', 'point', 'date']);

function printSetting({ word, value }: Setting): string {
  return value === null ? word.text.toLowerCase() : `${word.text.toLowerCase()} ${printValue(value)}`;
}

/** Keywords in capitals; words with dots, digits or underscores are names and stay. */
function printKeyword(word: string): string {
  return /^[A-Za-z]+$/.test(word) ? keyword(word) : word;
}

/** A point needs a decimal point on one side, or it would be read as a list of two numbers. */
function withPoint(degrees: number): string {
  return Number.isInteger(degrees) ? `${degrees}.0` : String(degrees);
}
