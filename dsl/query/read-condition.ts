import type { ConditionNode, Word } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { suggest } from '../suggest.ts';
import type { Collection, Field } from './collection.ts';
import { collections } from './collections.ts';
import { tooMuch } from './limits.ts';
import type { Condition, Literal } from './query.ts';
import { readLiteral } from './read-literal.ts';

/** Reads WHERE with the fields of a collection; null after a problem, which is told. */
export function readCondition(
  node: ConditionNode,
  collection: Collection,
  problems: Diagnostic[],
): Condition | null {
  const condition = read(node, collection, problems);
  const much = condition === null ? null : tooMuch(condition);
  if (much === null) return condition;
  problems.push({
    code: 'PQL231',
    message: much,
    span: node.span,
    hint: 'ask in several statements, or with BETWEEN and CONTAINS',
  });
  return null;
}

/** A field by its name or another name that it has, in whatever case; null where there is none, which is told. */
export function fieldOf(word: Word, collection: Collection, problems: Diagnostic[]): Field | null {
  const wanted = word.text.toLowerCase();
  const field = collection.fields.find(
    ({ name, aliases = [] }) => name === wanted || aliases.includes(wanted),
  );
  if (field !== undefined) return field;
  const names = collection.fields.map(({ name }) => name);
  const near = suggest(word.text, names);
  const owner = collections.find(({ fields }) => fields.some(({ name }) => name === wanted));
  problems.push({
    code: 'PQL318',
    message: `${collection.name} have no field ${word.text}`,
    span: word.span,
    expected: `one of ${names.join(', ')}`,
    ...(near !== null
      ? { hint: `did you mean ${near}?`, fix: { span: word.span, text: near } }
      : owner === undefined
        ? {}
        : { hint: `${owner.name} have one` }),
  });
  return null;
}

function read(node: ConditionNode, collection: Collection, problems: Diagnostic[]): Condition | null {
  if (node.type === 'not') {
    const of = read(node.of, collection, problems);
    return of === null ? null : { type: 'not', of };
  }
  if (!('field' in node)) {
    const of = node.of.flatMap((each) => read(each, collection, problems) ?? []);
    return of.length < node.of.length ? null : { type: node.type, of };
  }
  const field = fieldOf(node.field, collection, problems);
  return field === null ? null : readTest(node, field, problems);
}

type Test = Extract<ConditionNode, { field: Word }>;

function readTest(node: Test, field: Field, problems: Diagnostic[]): Condition | null {
  const { name } = field;
  const literal = (value: Parameters<typeof readLiteral>[0]) => {
    const reading = readLiteral(value, field);
    if ('value' in reading) return reading;
    problems.push(reading.problem);
    return null;
  };
  switch (node.type) {
    case 'known':
      return { type: 'known', field: name };
    case 'flag': {
      if (field.type === 'flag') return { type: 'compare', field: name, op: '=', value: true };
      problems.push({
        code: 'PQL205',
        message: `${name} is compared with nothing`,
        span: node.span,
        expected: `${name} = …, or ${name} IS KNOWN`,
        hint: 'only what is either yes or no stands alone',
      });
      return null;
    }
    case 'contains': {
      if (!searched.has(field.type)) {
        problems.push({
          code: 'PQL220',
          message: `${name} is no text, so it contains nothing`,
          span: node.span,
          expected: `${name} = …, ${name} > … or the like`,
        });
        return null;
      }
      const { value } = node;
      if (value.type === 'text') return { type: 'contains', field: name, text: value.value };
      if (value.type === 'reference') return { type: 'contains', field: name, text: value.name };
      problems.push({
        code: 'PQL220',
        message: 'CONTAINS wants a text',
        span: value.span,
        expected: `a text in quotes, as in ${name} CONTAINS "harbour"`,
      });
      return null;
    }
    case 'in': {
      const values = node.values.map(literal);
      if (node.values.length === 0) {
        problems.push({
          code: 'PQL205',
          message: 'IN needs something to choose from',
          span: node.span,
          expected: `${name} IN (…, …)`,
        });
      }
      if (values.length === 0 || values.includes(null)) return null;
      const read = values.flatMap((each) => each ?? []);
      if (!read.some(({ day }) => day))
        return { type: 'in', field: name, values: read.map(({ value }) => value) };
      return { type: 'or', of: read.map(({ value, day }) => compare(name, '=', value, day)) };
    }
    case 'between': {
      if (!ordered.has(field.type)) return unordered(node, field, problems);
      const [from, to] = [literal(node.from), literal(node.to)];
      if (from === null || to === null) return null;
      if (!to.day) return { type: 'between', field: name, from: from.value, to: to.value };
      return {
        type: 'and',
        of: [
          { type: 'compare', field: name, op: '>=', value: from.value },
          compare(name, '<=', to.value, true),
        ],
      };
    }
    case 'compare': {
      if (node.op !== '=' && node.op !== '!=' && !ordered.has(field.type))
        return unordered(node, field, problems);
      const read = literal(node.value);
      return read === null ? null : compare(name, node.op, read.value, read.day);
    }
  }
}

const ordered: ReadonlySet<Field['type']> = new Set(['seconds', 'rate', 'bytes', 'number', 'time']);
const searched: ReadonlySet<Field['type']> = new Set(['text', 'word', 'id']);

/** A day is all of it: on it, before it begins, after it ends. */
function compare(
  field: string,
  op: '=' | '!=' | '<' | '<=' | '>' | '>=',
  value: Literal,
  day: boolean,
): Condition {
  if (!day) return { type: 'compare', field, op, value };
  const next = new Date(Date.parse(String(value)) + 86_400_000).toISOString();
  const from = { type: 'compare', field, op: '>=', value } as const;
  const before = { type: 'compare', field, op: '<', value: next } as const;
  switch (op) {
    case '=':
      return { type: 'and', of: [from, before] };
    case '!=':
      return { type: 'not', of: { type: 'and', of: [from, before] } };
    case '<=':
      return before;
    case '>':
      return { type: 'compare', field, op: '>=', value: next };
    default:
      return { type: 'compare', field, op, value };
  }
}

function unordered(node: Test, field: Field, problems: Diagnostic[]): null {
  problems.push({
    code: 'PQL233',
    message: `of ${field.name}, none is more than another`,
    span: node.span,
    expected: `${field.name} = …, ${field.name} != …${searched.has(field.type) ? `, ${field.name} CONTAINS "…"` : ''}`,
  });
  return null;
}
