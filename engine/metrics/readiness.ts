import type { JsonObject } from '../../dsl/json.ts';
import { Failure } from '../failure.ts';
import { sqlState } from '../store/port.ts';
import { sampled } from './sampled.ts';

/** Looks whether something is as it must be: says what it found, or throws. */
export type Check = () => Promise<JsonObject>;

export interface Readiness {
  ready: boolean;
  checks: Record<string, JsonObject>;
}

/** Milliseconds that a check may take. */
const patience = 1000;

/** Makes all checks at once; what is not done within a second has failed. What was just checked is not checked again. */
export function readiness(checks: Readonly<Record<string, Check>>): () => Promise<Readiness> {
  const asked = Object.entries(checks).map(
    ([name, check]) => [name, sampled(() => verdict(check), { age: 1000, patience })] as const,
  );
  return async () => {
    const found = await Promise.all(asked.map(async ([name, ask]) => [name, (await ask()) ?? late] as const));
    return { ready: found.every(([, { ok }]) => ok === true), checks: Object.fromEntries(found) };
  };
}

const late: JsonObject = { ok: false, problem: `no answer within ${patience / 1000} s` };

async function verdict(check: Check): Promise<JsonObject> {
  const began = performance.now();
  try {
    const found = await check();
    return { ok: true, milliseconds: Math.round(performance.now() - began), ...found };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** Anybody may read it: of other errors than those that are written for people, only the code. */
function problemOf(error: unknown): string {
  if (error instanceof Failure) return error.message;
  const state = sqlState(error);
  if (state !== null) return `SQLSTATE ${state}`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,30}$/.test(code)
    ? code
    : 'it failed; the log says more';
}
