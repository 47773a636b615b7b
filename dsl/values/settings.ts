import type { Setting } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { JsonObject } from '../json.ts';
import { suggest } from '../suggest.ts';
import { wrongType } from './quantity.ts';
import type { Place, ValueType } from './value-type.ts';

/** One named setting in parentheses. */
export interface SettingSpec<T> {
  type: ValueType<T>;
  help: string;
}

type SettingSpecs = Readonly<Record<string, SettingSpec<unknown>>>;

/** What settings in parentheses mean: null where nothing was said. */
export type SettingsOf<S extends SettingSpecs> = {
  [K in keyof S]: S[K] extends SettingSpec<infer T> ? T | null : never;
};

/** A type of several settings, known to completion and HELP by `settings`. */
export type SettingsType<S extends SettingSpecs> = ValueType<SettingsOf<S>> & { settings: S };

/** `(lens 35mm, move pan-left)`: each setting once, in any order. */
export function settings<S extends SettingSpecs>(noun: string, specs: S): SettingsType<S> {
  const names = Object.keys(specs);
  const sample = names.slice(0, 2).map((name) => `${name} ${specs[name]!.type.usage.split('|')[0]}`);
  const expected = `settings in parentheses such as (${sample.join(', ')})`;
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  return {
    noun,
    expected,
    usage: `(${sample.join(', ')})`,
    count: [1, 1],
    words: () => [],
    settings: specs,
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, orNull(specs[name]!.type.schema)])),
    },
    print(value) {
      const said = names.filter((name) => value[name as keyof S] !== null);
      return `(${said.map((name) => `${name} ${specs[name]!.type.print(value[name as keyof S])}`).join(', ')})`;
    },
    read(values, place) {
      const value = values[0]!;
      if (value.type !== 'settings') return { problems: [wrongType({ noun, expected }, value, place, null)] };
      const read: Record<string, unknown> = { ...nothing };
      const problems: Diagnostic[] = [];
      const seen = new Set<string>();
      for (const setting of value.settings) {
        const name = setting.word.text.toLowerCase();
        const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
        if (spec === undefined) problems.push(unknownSetting(setting, names, place));
        else if (seen.has(name)) problems.push(twice(setting, place));
        else if (setting.value === null) problems.push(valueMissing(setting, spec));
        else {
          const reading = spec.type.read([setting.value], {
            label: name,
            span: setting.word.span,
            files: place.files,
          });
          if ('problems' in reading) problems.push(...reading.problems);
          else read[name] = reading.value;
        }
        seen.add(name);
      }
      return problems.length > 0 ? { problems } : { value: read as SettingsOf<S> };
    },
  };
}

function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

function unknownSetting(setting: Setting, names: readonly string[], place: Place): Diagnostic {
  const near = suggest(setting.word.text, names);
  return {
    code: 'PQL305',
    message: `${place.label} has no setting ${setting.word.text}`,
    span: setting.word.span,
    expected: `one of ${names.join(', ')}`,
    ...(near === null ? {} : { hint: `did you mean ${near}?`, fix: { span: setting.word.span, text: near } }),
  };
}

function twice(setting: Setting, place: Place): Diagnostic {
  return {
    code: 'PQL226',
    message: `${setting.word.text} stands twice in ${place.label}`,
    span: setting.span,
    hint: 'keep one of the two',
  };
}

function valueMissing(setting: Setting, spec: SettingSpec<unknown>): Diagnostic {
  return {
    code: 'PQL223',
    message: `${setting.word.text} needs a value`,
    span: setting.word.span,
    expected: spec.type.expected,
    hint: `write ${setting.word.text} ${spec.type.words(null)[0] ?? spec.type.usage}`,
  };
}
