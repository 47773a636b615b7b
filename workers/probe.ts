import type { ProbeArguments } from '../dsl/arguments.ts';
import type { Facts } from '../dsl/facts.ts';
import type { JsonObject } from '../dsl/json.ts';
import { fraction } from '../dsl/rational.ts';
import { Failure } from '../engine/failure.ts';
import type { Prober } from '../engine/prober.ts';
import type { Handler } from './handler.ts';
import { writeJsonText } from './json-text.ts';

/** PROBE: a file's facts, measured now, as a JSON text. */
export function createProbe(prober: Prober): Handler<ProbeArguments> {
  return async (_args, desk) => {
    const input = desk.inputs[0];
    if (!input) throw new Failure('user', 'PQL439', 'PROBE needs a file', { hint: 'PROBE v1' });
    // A text has no telling name in the store; its facts were measured when it was taken in.
    const facts = input.kind === 'text' ? input.facts : await prober.probe(input.path, desk.signal);
    const details = factsJson(facts);
    return {
      ...(await writeJsonText(desk, 'facts', details)),
      notes: [],
      details: { ...details, words: inWords(details) },
    };
  };
}

/** Facts as plain JSON; rates also as a fraction in words, since 29.97 is not what a file says. */
function factsJson(facts: Facts): JsonObject {
  const plain = JSON.parse(JSON.stringify(facts)) as JsonObject;
  delete plain.coding;
  delete plain.parameterSets;
  return 'rate' in facts ? { ...plain, rate: fraction(facts.rate) } : plain;
}

/** The facts for people, one a line: `width 1280`, `audio rate 48000`. */
function inWords(facts: JsonObject, before = ''): string[] {
  return Object.entries(facts).flatMap(([key, value]) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? inWords(value, `${before}${key} `)
      : [`${before}${key} ${value === null ? 'none' : String(value)}`],
  );
}
