import type { Json } from '../../dsl/json.ts';
import { blotted, secretNames } from './blotted.ts';

/** Makes what is said fit to be kept: without secrets, and not endless. */
export interface Blotter {
  text(text: string): string;
  /** Values under telling names are blotted out whole, all others as texts, and so are the names. */
  json(value: Json): Json;
  /** The stacks of an error and of whatever caused it. */
  cause(error: unknown): Json;
}

/** Longer texts are cut; of what is far beyond nobody looks whether it is secret. */
const mostCharacters = 10_000;
/** Deeper values, and longer chains of causes, end in `…`. */
const mostDeep = 10;

/** Blots out the given secrets wherever they stand, plain or encoded, and what is secret by its form. */
export function blotter(secrets: readonly string[]): Blotter {
  const known = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);

  const text = (said: string): string => {
    // Something that begins before the cut and ends behind it must be known whole.
    let clean = said.slice(0, 2 * mostCharacters);
    for (const secret of known) clean = clean.replaceAll(secret, '[secret]');
    clean = blotted(clean);
    const more = said.length - mostCharacters;
    return more > 0 ? `${clean.slice(0, mostCharacters)}… ${more} characters more` : clean;
  };

  const json = (value: Json, deep = 0): Json => {
    if (typeof value === 'string') return text(value);
    if (value === null || typeof value !== 'object') return value;
    if (deep === mostDeep) return '…';
    if (Array.isArray(value)) return value.map((inner) => json(inner, deep + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        text(key),
        secretNames.test(key) ? '[secret]' : json(inner, deep + 1),
      ]),
    );
  };

  const cause = (error: unknown, deep = 0): Json => {
    if (!(error instanceof Error)) return text(String(error));
    if (deep === mostDeep) return '…';
    const own = text(error.stack ?? error.message);
    // Of a name with several addresses, Node tells one error each in an error without words.
    const inner = [...(error instanceof AggregateError ? error.errors : []), ...[error.cause ?? []].flat()];
    return inner.length === 0 ? own : [own, ...inner.flatMap((each) => cause(each, deep + 1))];
  };

  return { text, json: (value) => json(value), cause: (error) => cause(error) };
}

/** As it stands in a JSON text, in a URL, and in `Authorization: Basic`, whose pairs begin with a name: base64 has three ways to
 * spell what begins anywhere, and of each the part that depends on the secret alone is looked for. */
function spellings(secret: string): string[] {
  const inside = [0, 1, 2].map((before) => {
    const bytes = Buffer.from(' '.repeat(before) + secret);
    const whole = Math.floor((bytes.length * 4) / 3) - 1;
    return bytes.toString('base64').slice(Math.ceil((before * 4) / 3), whole);
  });
  const encoded = [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return [secret, ...encoded, ...inside.filter((each) => each.length >= 8)];
}
