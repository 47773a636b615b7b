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
  const noun = spec.noun.replace(/^an? /, '');
  const expected = `the name of ${spec.noun} such as ${spec.example}`;
  return {
    noun,
    expected,
    usage: noun,
    // A name with a dot falls into two values when its quotes are forgotten: rife-4 and .6.
    count: [1, 2],
    words: (world) => (world === null ? [spec.example] : spec.names(world).map(printName)),
    schema: { type: 'string' },
    print: printName,
    read(values, place) {
      const [value, second] = values as [Value, Value?];
      const text = spelled(value);
      if (text === null) return { problems: [wrongType({ noun, expected }, value, place, null)] };
      if (second === undefined) return { value: text.toLowerCase() };
      return { problems: [inTwo(text, value, second, place)] };
    },
  };
}

/** The name of something installed, in quotes where it could not be read without: `"rife-4.6"`. */
export function printName(name: string): string {
  return /^[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*$/i.test(name) ? name : JSON.stringify(name);
}

function inTwo(text: string, value: Value, second: Value, place: Place): Diagnostic {
  const span = { start: value.span.start, end: second.span.end };
  const joined = second.type === 'number' && second.span.start === value.span.end;
  return {
    code: 'PQL224',
    message: joined ? 'a name with a dot stands in quotes' : `${place.label} takes one name`,
    span,
    ...(joined
      ? { fix: { span, text: JSON.stringify(`${text}${second.text.replace(/^0/, '')}`) } }
      : { hint: 'leave one of the two out' }),
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
