/** What an interaction lets us do for a while without any permission in the channel. */
export interface Living {
  token: string;
  /** Whose interaction it was. */
  user: string;
  channel: string;
  /** The message that answered it; null while there is none. */
  message: string | null;
}

/** Tokens of interactions, by what they are asked for. They live 15 minutes, and are used for 14: what is on its way would come too late. In
 * memory only, since whoever has one can speak for the bot. */
export interface Tokens {
  remember(living: Living): void;
  /** Which may change this message. */
  ofMessage(message: string): Living | null;
  /** By which somebody can be told something that nobody else sees. */
  ofPerson(user: string, channel: string): Living | null;
}

/** Milliseconds. */
export const tokenLife = 14 * 60_000;

export function createTokens(now: () => number): Tokens {
  /** Oldest first. */
  const all = new Map<string, Living & { until: number }>();
  const prune = () => {
    for (const [token, { until }] of all) {
      if (until > now()) break;
      all.delete(token);
    }
  };
  const last = (is: (living: Living) => boolean) => {
    prune();
    return [...all.values()].findLast(is) ?? null;
  };
  return {
    remember(living) {
      prune();
      const until = all.get(living.token)?.until ?? now() + tokenLife;
      all.set(living.token, { ...living, until });
    },
    ofMessage: (message) => last((living) => living.message === message),
    ofPerson: (user, channel) => last((living) => living.user === user && living.channel === channel),
  };
}
