import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SelectArguments } from '../dsl/arguments.ts';
import { durationText } from '../dsl/build/duration.ts';
import type { ListItem } from '../dsl/grow.ts';
import { canonicalJson, type JsonObject } from '../dsl/json.ts';
import type { Measurements, ShotList } from '../dsl/measurements.ts';
import { compareBy, matches } from '../dsl/query/matches.ts';
import type { Condition, Order } from '../dsl/query/query.ts';
import type { Handler, Input } from './handler.ts';
import { measuredShots } from './select/measured-shots.ts';

/** FROM SHOTS OF: chooses from a list by WHERE, ORDER BY and LIMIT. The chosen things go into `details`, by which the graph grows. */
export function createSelect(): Handler<SelectArguments> {
  return async ({ where, order, limit }, desk) => {
    const [list, measured] = desk.inputs;
    if (list === undefined) throw new Error(`${desk.job} has no list`);
    const shots = measuredShots(
      (await readJson(list)) as unknown as ShotList,
      measured === undefined ? null : ((await readJson(measured)) as unknown as Measurements),
    );
    const chosen = shots.filter((shot) => where === null || matches(where as Condition, shot));
    // Equal ones stay in the order of the clip.
    if (order.length > 0) chosen.sort(compareBy(order as unknown as Order[]));
    const items = limit === null ? chosen : chosen.slice(0, limit);
    const file = join(desk.scratch, 'chosen.json');
    const text = `${canonicalJson({ shots: items })}\n`;
    await writeFile(file, text, { flag: 'wx' });
    return {
      file,
      kind: 'text',
      facts: { kind: 'text', container: 'application/json', bytes: Buffer.byteLength(text) },
      notes: [],
      details: { items, words: inWords(items, shots.length) },
    };
  };
}

/** Lists are written by us, so that what is wrong with one is our mistake. */
async function readJson({ path }: Input): Promise<JsonObject> {
  return JSON.parse(await readFile(path, 'utf8')) as JsonObject;
}

/** How many a person is told of one by one. */
const most = 12;

function inWords(items: readonly ListItem[], all: number): string[] {
  const lines = items.slice(0, most).map((item) => {
    const { index, from, until, opens, motion } = item;
    const moves = typeof motion === 'number' ? `, motion ${Number(motion.toPrecision(3))}` : '';
    return `shot ${index}: ${durationText(round(from))} to ${durationText(round(until))}, ${opens}${moves}`;
  });
  const more = items.length > most ? [`and ${items.length - most} more`] : [];
  return [`${items.length} of ${all} ${all === 1 ? 'shot' : 'shots'}`, ...lines, ...more];
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
