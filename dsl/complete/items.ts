import type { Catalogue } from '../catalogue.ts';
import { commonClauses } from '../common-clauses.ts';
import { explainPrefix } from '../explain-prefix.ts';
import { settingsOf } from '../help.ts';
import type { CommandOperation, JobOperation } from '../operation.ts';
import { forms } from '../query/forms.ts';
import { clauseOf } from '../read-clauses.ts';
import { sourceClause } from '../source-clause.ts';
import type { ValueType } from '../values/value-type.ts';
import type { World } from '../world.ts';
import { type Place, variantOf } from './place.ts';
import { queryItems } from './query-items.ts';

export interface CompletionItem {
  text: string;
  kind: 'verb' | 'word' | 'clause' | 'value' | 'name' | 'setting' | 'keyword';
  help: string;
}

export interface Completion {
  /** What `text` of an item replaces. */
  from: number;
  to: number;
  items: CompletionItem[];
  /** The front end may offer files here: to read, or to write. */
  wants: 'file' | 'destination' | null;
}

/** Everything that may stand at a place, whatever was typed of it so far. */
export function itemsFor(
  place: Place,
  catalogue: Catalogue,
  world: World | null,
): Pick<Completion, 'items' | 'wants'> {
  const { operation } = place;
  if (place.query !== null && !place.quoted) return { items: queryItems(place.query, world), wants: null };
  if (place.quoted) return { items: [], wants: fileWanted(place) };
  if (place.wants === 'path') return { items: [], wants: 'destination' };
  if (place.wants === 'name') return { items: [], wants: null };
  if (place.wants === 'verb' || operation === null) return { items: verbs(place, catalogue), wants: null };
  if (operation.runs === 'command')
    return { items: commandItems(place, operation, catalogue, world), wants: fileWanted(place) };
  return { items: jobItems(place, operation, world), wants: fileWanted(place) };
}

function fileWanted({ wants, operation, clause, setting, subject }: Place): Completion['wants'] {
  if (wants === 'path') return 'destination';
  if (operation?.runs === 'command') return wants === 'operand' && subject.join(' ') === 'OF' ? 'file' : null;
  if (wants === 'operand') return operation?.takes.what === 'media' ? 'file' : null;
  if (wants !== 'value' || operation === null) return null;
  const word = (setting ?? clause)?.toUpperCase();
  return word === 'LUT' || (word !== undefined && word === sourceClause(operation)?.word) ? 'file' : null;
}

function verbs({ fed, several }: Place, catalogue: Catalogue): CompletionItem[] {
  const form = (...verbs: string[]) =>
    forms
      .filter(({ verb }) => verbs.includes(verb))
      .map(({ verb, help }): CompletionItem => ({ text: verb, kind: 'verb', help }));
  if (several) return form('MAP', 'REDUCE');
  const fitting = [...catalogue.values()].filter(
    (each) => !fed || (each.runs === 'job' && (each.takes.what === 'media' || sourceClause(each) !== null)),
  );
  const items = fitting.map(({ verb, help }): CompletionItem => ({ text: verb, kind: 'verb', help }));
  if (fed) return items;
  return [
    ...items,
    { text: explainPrefix.verb, kind: 'verb', help: explainPrefix.help },
    ...form('FROM', 'START'),
  ];
}

function jobItems(place: Place, operation: JobOperation, world: World | null): CompletionItem[] {
  switch (place.wants) {
    case 'operand':
      return operation.takes.what === 'prompt'
        ? [{ text: '""', kind: 'value', help: operation.takes.noun }]
        : place.operands > 0
          ? names(world)
          : clips(world);
    case 'value': {
      const spec = clauseOf(operation, place.clause ?? '');
      if (spec === undefined) return [];
      if (place.clause === sourceClause(operation)?.word) return clips(world);
      const setting = settingsOf(spec.type).find(([name]) => name === place.setting);
      return values(setting === undefined ? spec.type : setting[1].type, world);
    }
    case 'setting': {
      const spec = clauseOf(operation, place.clause ?? '');
      const settings = spec === undefined ? [] : settingsOf(spec.type);
      return settings
        .filter(([name]) => !place.used.has(name))
        .map(([name, { help }]) => ({ text: name, kind: 'setting', help }));
    }
    default:
      return clauses(place, operation);
  }
}

function clauses({ used }: Place, operation: JobOperation): CompletionItem[] {
  const own = Object.entries({ ...operation.clauses, ...commonClauses });
  return [
    ...own
      .filter(([word]) => !used.has(word))
      .map(([text, { help }]): CompletionItem => ({ text, kind: 'clause', help })),
    { text: 'TO', kind: 'keyword', help: 'writes the result under the export folder' },
    { text: 'AS', kind: 'keyword', help: 'gives the result a name' },
  ];
}

function commandItems(
  place: Place,
  operation: CommandOperation,
  catalogue: Catalogue,
  world: World | null,
): CompletionItem[] {
  if (operation.settings) return settingItems(place, world);
  const items: CompletionItem[] = [];
  if (place.wants === 'subject') {
    const length = place.subject.length;
    for (const { subject, help } of operation.variants) {
      const word = subject[length];
      const fits = place.subject.every((each, index) => subject[index] === each);
      if (word !== undefined && fits && !items.some(({ text }) => text === word))
        items.push({ text: word, kind: 'word', help });
    }
  }
  const variant = variantOf(operation, place.subject);
  const clause = variant?.clauses?.[place.clause ?? ''];
  if (place.wants === 'value') return clause === undefined ? items : values(clause.type, world);
  for (const [text, { help }] of Object.entries(variant?.clauses ?? {}))
    if (!place.used.has(text)) items.push({ text, kind: 'clause', help });
  const takes = variant?.takes;
  if (place.operands > 0 || !takes || place.wants === 'clause') return items;
  if (takes.what === 'verb') return [...items, ...verbs({ ...place, fed: false }, catalogue)];
  return takes.what === 'prompt' ? items : [...items, ...names(world)];
}

function settingItems({ wants, clause }: Place, world: World | null): CompletionItem[] {
  const entries = [...(world?.settings.values() ?? [])];
  if (wants !== 'value') return entries.map(({ name, help }) => ({ text: name, kind: 'setting', help }));
  const entry = entries.find(({ name }) => name === clause);
  if (entry === undefined) return [];
  const words = entry.type === 'switch' ? ['on', 'off'] : (entry.words ?? [entry.value]);
  return words.map((text) => ({ text, kind: 'value', help: entry.help }));
}

function names(world: World | null): CompletionItem[] {
  return (world?.names ?? []).map((text) => ({ text, kind: 'name', help: '' }));
}

/** What stands for one clip. */
function clips(world: World | null): CompletionItem[] {
  return [...names(world), { text: '_', kind: 'name', help: 'the last result' }];
}

function values(type: ValueType<unknown>, world: World | null): CompletionItem[] {
  const words = type.words(world);
  const texts = words.length > 0 ? words : type.usage.includes('…') ? [] : [type.usage];
  return texts.map((text) => ({ text, kind: 'value', help: type.expected }));
}
