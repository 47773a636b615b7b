import { keyword } from '../../grammar/keyword.ts';
import type { Lexed } from '../../grammar/lexer.ts';
import type { Collection, Field } from '../query/collection.ts';
import { collectionOf, collections } from '../query/collections.ts';
import { lists } from '../query/lists.ts';
import type { World } from '../world.ts';
import type { CompletionItem } from './items.ts';

type Token = Lexed['tokens'][number];

/** What may come next behind FROM, by the tokens since then. */
export function queryItems(tokens: readonly Token[], world: World | null): CompletionItem[] {
  const words = tokens.map(({ image }) => keyword(image));
  const last = words.at(-1);
  if (last === undefined) return sources(world);
  if (last === 'GROUP' || last === 'PIPELINE') return named(world, /^g\d/);
  if (last === 'OF') return named(world, /^(?![gj]\d)/);
  const collection = collectionIn(words);
  const before = words.at(-2);
  if (fieldNext.has(last) || (last === ',' && words.includes('BY') && !words.includes('IN')))
    return collection.fields.map(({ name, help }) => ({ text: name, kind: 'value', help }));
  const field = (at: number): Field | undefined => fieldNamed(collection, tokens.at(at)?.image);
  const test = field(-1);
  if (test !== undefined && before !== undefined && fieldNext.has(before)) {
    return before === 'BY' ? [...item('DESC', 'the largest or latest first'), ...joints(words)] : tests(test);
  }
  const compared = valueNext.has(last) ? field(-2) : last === '(' && before === 'IN' ? field(-3) : undefined;
  if (compared !== undefined) return values(compared);
  if (lists.has(last)) return item('OF', 'of a clip');
  if (counted.has(last)) return [];
  if (last === 'ORDER') return item('BY', 'by a field');
  if (last === 'IS') return [...item('KNOWN', 'whether there is a value'), ...item('NOT', 'the opposite')];
  return joints(words);
}

const fieldNext: ReadonlySet<string> = new Set(['WHERE', 'AND', 'OR', 'NOT', 'BY', '(']);
const valueNext: ReadonlySet<string> = new Set(['=', '!=', '<>', '<', '<=', '>', '>=', 'BETWEEN']);
const counted: ReadonlySet<string> = new Set(['LIMIT', 'PAGE', 'MOST']);

function sources(world: World | null): CompletionItem[] {
  return [
    ...collections.map(({ name, help }): CompletionItem => ({ text: name, kind: 'word', help })),
    ...item('GROUP', 'the results of a group'),
    ...[...lists].flatMap(([verb, { help }]) => item(verb, help)),
    ...named(world, /^(?![gj]\d)/),
  ];
}

function named(world: World | null, which: RegExp): CompletionItem[] {
  return (world?.names ?? [])
    .filter((name) => which.test(name))
    .map((text) => ({ text, kind: 'name', help: '' }));
}

function collectionIn([first, second]: readonly string[]): Collection {
  if (second === 'OF') return lists.get(first!) ?? collectionOf('media')!;
  return collectionOf(first ?? '') ?? collectionOf('media')!;
}

function fieldNamed({ fields }: Collection, word: string | undefined): Field | undefined {
  const wanted = word?.toLowerCase();
  return fields.find(({ name, aliases = [] }) => name === wanted || aliases.includes(wanted ?? ''));
}

function tests({ type }: Field): CompletionItem[] {
  if (type === 'flag') return [...item('AND', 'and something else'), ...item('=', 'yes or no')];
  const ordered = ['seconds', 'rate', 'bytes', 'number', 'time'].includes(type);
  return [
    ...item('=', 'equal'),
    ...item('!=', 'not equal'),
    ...(ordered
      ? [...item('>', 'more'), ...item('<', 'less'), ...item('BETWEEN', 'from … AND …')]
      : item('CONTAINS', 'a text in it')),
    ...item('IN', 'one of several'),
    ...item('IS', 'KNOWN or NOT KNOWN'),
  ];
}

const examples: Readonly<Partial<Record<Field['type'], string>>> = {
  seconds: '5s',
  rate: '24fps',
  bytes: '20MB',
};

function values({ type, words, help }: Field): CompletionItem[] {
  const texts = words ?? (type === 'flag' ? ['yes', 'no'] : [examples[type] ?? []].flat());
  return texts.map((text) => ({ text, kind: 'value', help }));
}

/** What may follow a source or a condition, each part once. */
function joints(words: readonly string[]): CompletionItem[] {
  const open = words.includes('WHERE') && !['ORDER', 'LIMIT', 'PAGE'].some((word) => words.includes(word));
  return [
    ...(words.includes('WHERE') ? [] : item('WHERE', 'only those that …')),
    ...(open ? [...item('AND', 'and also'), ...item('OR', 'or else')] : []),
    ...(words.includes('ORDER') ? [] : item('ORDER', 'BY a field')),
    ...(words.includes('LIMIT') ? [] : item('LIMIT', 'at most so many')),
    ...(words.includes('PAGE') ? [] : item('PAGE', 'the next of a long answer')),
    ...item('MAP', 'does something to each: MAP ( … )'),
    ...item('REDUCE', 'makes one of all: REDUCE STITCH'),
  ];
}

function item(text: string, help: string): CompletionItem[] {
  return [{ text, kind: 'keyword', help }];
}
