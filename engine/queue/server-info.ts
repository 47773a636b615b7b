/** What a queue server says of itself that matters to us. */
export interface ServerInfo {
  /** `redis 7.0.15`, `valkey 9.1.1`. */
  version: string;
  /** Bytes that its data take. */
  used: number;
  /** What it does when its memory is full; null where it does not say. */
  policy: string | null;
}

/** Reads the answer to INFO: https://redis.io/docs/latest/commands/info. */
export function readServerInfo(info: string): ServerInfo {
  const value = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;
  const valkey = value('valkey_version');
  return {
    version: valkey === null ? `redis ${value('redis_version') ?? 'of unknown version'}` : `valkey ${valkey}`,
    used: Number(value('used_memory') ?? 0),
    policy: value('maxmemory_policy'),
  };
}

/** Under any policy but noeviction a server that runs full throws rings away without a word, and parts of its books with them; null when it does not. */
export function evictionProblem({ policy }: ServerInfo): { message: string; hint: string } | null {
  if (policy === null || policy === 'noeviction') return null;
  return {
    message: `throws keys away when its memory is full (maxmemory-policy ${policy}), and rings with them`,
    hint: 'set it to noeviction: redis-cli config set maxmemory-policy noeviction, and the same in redis.conf; or give WatchAI a server of its own',
  };
}
