import { keyword } from '../../grammar/keyword.ts';
import type { PassStage } from '../arguments.ts';
import type { Catalogue } from '../catalogue.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import type { JobOperation } from '../operation.ts';
import type { SettingSpec, SettingsType } from '../values/settings.ts';
import type { Size } from '../values/size.ts';
import type { ValueType } from '../values/value-type.ts';

/** One thing that was said otherwise before, both values in PQL; null where nothing was said. */
export interface Change {
  /** A clause in capitals, or what stands in parentheses or brackets in small letters: `UPSCALE`, `lens`, `from`. */
  word: string;
  /** Empty where only its presence can be told, as of a file. */
  was: string | null;
  is: string | null;
}

/** How the arguments of a step differ from earlier ones of the same operation, in the words and units of its clauses. */
export function changes(operation: string, was: JsonObject, is: JsonObject, catalogue: Catalogue): Change[] {
  if (operation === 'pass') return passChanges(was, is, catalogue);
  const declared = catalogue.get(keyword(operation));
  const readings = declared?.runs === 'job' ? readingsOf(declared) : [];
  const told = new Set(readings.flatMap(({ keys }) => keys));
  const others = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !told.has(key));
  return [...readings, ...others.map(plainly)].flatMap(({ word, read }) => {
    const [before, now] = [read(was), read(is)];
    // A network comes and goes with the clause that wants it, which says enough.
    if (before === now || (word === 'USING' && (before === null || now === null))) return [];
    return [{ word, was: before, is: now }];
  });
}

/** Of a pass, stage by stage: both have the same ones. */
function passChanges(was: JsonObject, is: JsonObject, catalogue: Catalogue): Change[] {
  const [before, now] = [was, is].map(({ stages }) => stages as unknown as PassStage[]);
  const stages = now!.flatMap((stage, index) =>
    changes(stage.operation, before![index]!.arguments, stage.arguments, catalogue),
  );
  const shape = plainly('shape');
  const [old, wanted] = [shape.read(was), shape.read(is)];
  return old === wanted ? stages : [...stages, { word: 'the shape of its film', was: '', is: '' }];
}

/** `UPSCALE 2x→4x changed, DENOISE 20 added`: what an earlier result differs by, at most three things and how many more. */
export function changesInWords(all: readonly Change[]): string {
  const shown = all.slice(0, 3);
  const said = (
    fits: (change: Change) => boolean,
    spell: (change: Change) => string,
    verb: string,
  ): string[] => {
    const words = shown.filter(fits).map(spell);
    return words.length === 0 ? [] : [`${words.join(', ')} ${verb}`];
  };
  return [
    ...said(
      ({ was, is }) => was !== null && is !== null,
      ({ word, was, is }) => (was === is ? word : `${word} ${was}→${is}`),
      'changed',
    ),
    ...said(
      ({ was }) => was === null,
      ({ word, is }) => `${word} ${is}`.trimEnd(),
      'added',
    ),
    ...said(
      ({ is }) => is === null,
      ({ word, was }) => `${word} ${was}`.trimEnd(),
      'left out',
    ),
    ...(all.length > shown.length ? [`${all.length - shown.length} more`] : []),
  ].join(', ');
}

type Settings = Readonly<Record<string, SettingSpec<unknown>>>;

/** How one clause or setting is read out of arguments. */
interface Reading {
  word: string;
  /** The arguments that it accounts for. */
  keys: readonly string[];
  read(args: JsonObject): string | null;
}

function readingsOf(operation: JobOperation): Reading[] {
  const named = Object.entries(operation.called ?? {});
  return Object.entries(operation.clauses).flatMap(([clause, { type }]): Reading[] => {
    const called = named.flatMap(([key, by]) => (by === clause ? [key] : []));
    const keys = called.length > 0 ? called : [clause.toLowerCase()];
    if (isSettings(type)) return keys.flatMap((key) => settingReadings(key, type));
    // What it cuts is mostly said in brackets: [2s..6s].
    const word = operation.cuts === true ? clause.toLowerCase() : clause;
    if (type.noun === 'size') {
      const sides = ['width', 'height'];
      return [{ word, keys: sides, read: (args) => printed(type, sizeOf(args)) }];
    }
    return keys.map((key) => ({ word, keys: [key], read: (args) => printed(type, args[key] ?? null) }));
  });
}

function settingReadings(key: string, type: SettingsType<Settings>): Reading[] {
  return Object.entries(type.settings).map(([name, setting]) => ({
    word: name,
    keys: [key],
    read(args) {
      const group = args[key];
      return printed(setting.type, isObject(group) ? (group[name] ?? null) : null);
    },
  }));
}

function plainly(key: string): Reading {
  return {
    word: key.toUpperCase(),
    keys: [key],
    read: (args) => ((args[key] ?? null) === null ? null : canonicalJson(args[key]!)),
  };
}

function sizeOf({ width, height }: JsonObject): Size | null {
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : null;
}

/** In PQL as the type spells it. Arguments of an earlier version may be anything, so what the type cannot spell stays as it is. */
function printed(type: ValueType<unknown>, value: Json | Size): string | null {
  if (value === null || value === false) return null;
  if (value === true) return '';
  try {
    return type.print(value);
  } catch {
    return canonicalJson(value as Json);
  }
}

function isSettings(type: ValueType<unknown>): type is SettingsType<Settings> {
  return 'settings' in type;
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
