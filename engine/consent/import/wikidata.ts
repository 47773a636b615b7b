import type { Told } from './people.ts';

/** Of people with hundreds of labels the first; most are the same in many languages. */
const mostNames = 100;

/** People of what Wikidata gives: an entity (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html), an answer with `entities`, or the
 * result of a query with `item`, `itemLabel` and, if they were asked for, `itemAltLabel` and `itemDescription`; null when it is nothing of these. Entities that are
 * said to be something else than a human (P31 other than Q5) are left out. */
export function peopleOfWikidata(value: unknown): Told[] | null {
  const told = value as {
    labels?: unknown;
    entities?: Record<string, Entity>;
    results?: { bindings?: Record<string, { value?: string }>[] };
  };
  if (typeof told !== 'object' || told === null) return null;
  if (told.labels !== undefined) return fromEntity(told as Entity);
  if (told.entities !== undefined) return Object.values(told.entities).flatMap(fromEntity);
  const rows = told.results?.bindings;
  return Array.isArray(rows) ? rows.map(fromRow) : null;
}

interface Text {
  language?: string;
  value?: string;
}

interface Entity {
  id?: string;
  labels?: Record<string, Text>;
  aliases?: Record<string, Text[]>;
  descriptions?: Record<string, Text>;
  claims?: Record<string, { mainsnak?: { datavalue?: { value?: { id?: string } } } }[]>;
}

function fromEntity({ id, labels = {}, aliases = {}, descriptions = {}, claims = {} }: Entity): Told[] {
  const kinds = (claims.P31 ?? []).map((claim) => claim.mainsnak?.datavalue?.value?.id);
  if (kinds.length > 0 && !kinds.includes('Q5')) return [];
  const texts = [
    labels.en,
    labels.mul,
    ...(aliases.en ?? []),
    ...Object.values(labels),
    ...Object.values(aliases).flat(),
  ];
  const names = [...new Set(texts.flatMap((text) => (text?.value ? [text.value] : [])))].slice(0, mostNames);
  // Not everything has a name in letters.
  const written = names.filter((name) => /\p{L}/u.test(name) && name.length <= 200);
  if (written.length === 0) return [];
  return [
    {
      ...(id ? { id } : {}),
      name: written[0],
      aliases: written.slice(1),
      context: contextOf(descriptions.en?.value),
    },
  ];
}

function fromRow(row: Record<string, { value?: string }>): Told {
  const id = row.item?.value?.split('/').pop();
  const aliases = row.itemAltLabel?.value?.split(', ') ?? [];
  return {
    ...(id ? { id } : {}),
    name: row.itemLabel?.value,
    aliases: aliases.slice(0, mostNames - 1),
    context: contextOf(row.itemDescription?.value),
  };
}

/** "American actor and producer (born 1962)": the words that may be a profession; which are, the matcher knows. */
function contextOf(description: string | undefined): string[] {
  return (description ?? '')
    .replace(/\([^)]*\)/g, '')
    .split(/,|;| and /)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.length <= 200);
}
