import type { ISerializedGast } from 'chevrotain';
import { choice, many, optional, rule, type Shape, sequence, terminal } from './shape.ts';

type Node = ISerializedGast & { name?: string; label?: string; definition?: ISerializedGast[] };

/** Turns a rule of the parser into what it stands for: error productions are left out, and what the parser lets people forget is required again. */
export function clean(ruleName: string, definition: readonly ISerializedGast[]): Shape {
  return sequence(...items(ruleName, definition));
}

/** Tokens that a rule takes only to say that they are wrong there. */
const tolerated: Readonly<Record<string, readonly string[]>> = {
  more: ['Comma'],
  operand: ['Numeral', 'Flag'],
  value: ['Flag'],
  amount: ['Word'],
  target: ['Flag', 'Url', 'Mention'],
  destination: ['Text', 'Path', 'Dotted'],
};

/** Things that a rule lets people leave out only to say that they are missing. */
const required: Readonly<Record<string, readonly string[]>> = {
  statement: ['pipeline'],
  link: ['stage'],
  more: ['operand'],
  group: ['pipeline', 'RightParen'],
  destination: ['target', 'Url'],
  alias: ['Word'],
  values: ['value'],
  clause: [],
};

/** Rules whose further alternatives start with something missing. */
const firstOnly = new Set(['pipeline', 'operands', 'stage']);

/** Words that a rule knows only by how they are spelled. */
const spelled: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  statement: { Word: 'ANALYZE' },
};

/** What a token is called in a rule, where its place gives it a meaning. */
const meanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  call: { Word: 'verb' },
  subject: { Word: 'word' },
  operand: { Word: 'name', Dotted: 'dotted name' },
  alias: { Word: 'name' },
  clause: { Word: 'clause word', Dotted: 'dotted name' },
  value: { Word: 'name', Dotted: 'dotted name' },
  setting: { Word: 'word', Dotted: 'dotted name' },
  target: { Word: 'name', Dotted: 'dotted name' },
};

const names: Readonly<Record<string, string>> = {
  Text: 'text',
  Path: 'path',
  Dotted: 'dotted name',
  Url: 'url',
  Mention: 'mention',
  Numeral: 'number',
};

function items(ruleName: string, definition: readonly ISerializedGast[]): Shape[] {
  return definition.flatMap((node) => shapesOf(ruleName, node as Node));
}

function shapesOf(ruleName: string, node: Node): Shape[] {
  switch (node.type) {
    case 'Terminal':
      return tokenOf(ruleName, node);
    case 'NonTerminal':
      return [rule(node.name ?? '')];
    case 'Option':
      return optionOf(ruleName, node);
    case 'Repetition':
      return wrap(items(ruleName, node.definition ?? []), many);
    case 'RepetitionMandatory':
      return wrap(items(ruleName, node.definition ?? []), (item) => sequence(item, many(item)));
    case 'Alternation':
      return alternationOf(ruleName, node);
    default:
      return items(ruleName, node.definition ?? []);
  }
}

function tokenOf(ruleName: string, node: Node): Shape[] {
  const name = node.name ?? '';
  if (name === 'Misfit' || tolerated[ruleName]?.includes(name)) return [];
  const label = /^"(.*)"$/.exec(node.label ?? '')?.[1];
  const word = spelled[ruleName]?.[name];
  if (word !== undefined) return [terminal(word)];
  return [label === undefined ? rule(meanings[ruleName]?.[name] ?? names[name] ?? name) : terminal(label)];
}

function optionOf(ruleName: string, node: Node): Shape[] {
  const inner = items(ruleName, node.definition ?? []);
  const [first] = (node.definition ?? []) as Node[];
  const head =
    first?.type === 'Alternation' ? ((first.definition?.[0] as Node).definition?.[0] as Node) : first;
  return required[ruleName]?.includes(head?.name ?? '') ? inner : wrap(inner, optional);
}

/** An alternative that lost something was there for its error only. */
function alternationOf(ruleName: string, node: Node): Shape[] {
  const alternatives = ((node.definition ?? []) as Node[])
    .map((alternative) => alternative.definition ?? [])
    .map((definition) => ({ definition, shapes: items(ruleName, definition) }))
    .filter(
      ({ definition, shapes }) =>
        shapes.length > 0 && (shapes.length >= definition.length || ruleName === 'statement'),
    )
    .map(({ shapes }) => sequence(...shapes));
  if (alternatives.length === 0) return [];
  return [firstOnly.has(ruleName) && alternatives[0] !== undefined ? alternatives[0] : choice(alternatives)];
}

function wrap(inner: Shape[], around: (item: Shape) => Shape): Shape[] {
  return inner.length === 0 ? [] : [around(sequence(...inner))];
}
