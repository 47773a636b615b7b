import type { Value } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { suggest } from '../suggest.ts';
import type { World } from '../world.ts';
import { found } from './found.ts';
import { wrongType } from './quantity.ts';
import type { Place, ValueType } from './value-type.ts';

/** One of a few words; `aliases` are other words for them (`pan` for `pan-right`). */
export function word<W extends string>(spec: {
  noun: string;
  words: readonly W[];
  aliases?: Readonly<Record<string, W>>;
}): ValueType<W> {
  const byText = new Map<string, W>(spec.words.map((each) => [each, each]));
  for (const [alias, meant] of Object.entries(spec.aliases ?? {})) byText.set(alias, meant);
  const expected = `${spec.words.slice(0, -1).join(', ')} or ${spec.words.at(-1)}`;
  return {
    noun: spec.noun,
    expected,
    usage: spec.words.length > 6 ? `${spec.words.slice(0, 4).join('|')}|…` : spec.words.join('|'),
    count: [1, 1],
    words: () => spec.words,
    schema: { enum: [...spec.words] },
    print: (value) => value,
    read(values, place) {
      const value = values[0]!;
      const text = spelled(value);
      if (text === null)
        return { problems: [wrongType({ noun: spec.noun, expected }, value, place, spec.words[0]!)] };
      const meant = byText.get(text.toLowerCase());
      if (meant === undefined)
        return { problems: [unknownWord(value, text, [...byText.keys()], expected, place)] };
      return { value: meant };
    },
  };
}

/** The name of a generator or network; what is there, the world knows, so the operation that uses it checks it. */
export function installed(spec: {
  noun: string;
  example: string;
  names(world: World): readonly string[];
}): ValueType<string> {
  const expected = `the name of ${spec.noun} such as ${spec.example}`;
  return {
    noun: spec.noun,
    expected,
    usage: spec.noun.replace(/^an? /, ''),
    count: [1, 1],
    words: (world) => (world === null ? [spec.example] : spec.names(world)),
    schema: { type: 'string' },
    print: (value) => (/^[a-z][\w-]*$/i.test(value) ? value : JSON.stringify(value)),
    read(values, place) {
      const value = values[0]!;
      const text = spelled(value);
      if (text === null) {
        return {
          problems: [wrongType({ noun: spec.noun.replace(/^an? /, ''), expected }, value, place, null)],
        };
      }
      return { value: text.toLowerCase() };
    },
  };
}

/** A word, also where it was put in quotes. */
function spelled(value: Value): string | null {
  if (value.type === 'reference') return value.name;
  return value.type === 'text' ? value.value : null;
}

function unknownWord(
  value: Value,
  text: string,
  words: readonly string[],
  expected: string,
  place: Place,
): Diagnostic {
  const near = suggest(text, words);
  return {
    code: 'PQL307',
    message: `${place.label} does not know ${value.type === 'text' ? 'this text' : `the word ${text}`}`,
    span: value.span,
    found: found(value),
    expected,
    ...(near === null ? {} : { hint: `did you mean ${near}?`, fix: { span: value.span, text: near } }),
  };
}
