import { Refusal } from './refusal.ts';

/** Tokens of an interaction: they die after three seconds, and open one view. */
export interface Triggers {
  give(user: string): string;
  /** Whose it is; refuses one that is unknown, dead or used. */
  use(trigger: string): string;
}

export function createTriggers(now: () => number): Triggers {
  const given = new Map<string, { user: string; at: number; used: boolean }>();
  let count = 0;
  return {
    give(user) {
      const trigger = `${++count}.${user}.${Math.random().toString(16).slice(2)}`;
      given.set(trigger, { user, at: now(), used: false });
      return trigger;
    },
    use(trigger) {
      const known = given.get(trigger);
      if (known === undefined) throw new Refusal('invalid_trigger_id');
      if (now() - known.at > 3000) throw new Refusal('expired_trigger_id');
      if (known.used) throw new Refusal('exchanged_trigger_id');
      known.used = true;
      return known.user;
    },
  };
}
