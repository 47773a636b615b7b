import type { Desk, Input } from './handler.ts';

/** What an effect is about. */
export function onlyInput(desk: Desk): Input {
  const [input] = desk.inputs;
  if (input === undefined) throw new Error(`${desk.job} has nothing to send`);
  return input;
}
