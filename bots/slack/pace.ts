/** What Slack takes of an app in one workspace, kept to before Slack has to say so: whoever comes too early may wait for longer than was missing, and an app
 * that often does is looked at. */
export interface Pace {
  /** Begins a call; says in how many milliseconds to ask again where there is no room for it. `share` of the limit is what calls of its kind may use. */
  begin(method: string, channel: string | null, share?: number): Call | number;
  /** Slack says that it takes none for so many seconds: other processes make calls too, and limits are not what they were. */
  refused(method: string, channel: string | null, seconds: number): void;
}

/** A call on its way. Slack has counted it by the time of its answer, so a minute after that it counts no more, whatever the way there took. */
export interface Call {
  end(): void;
}

export function createPace(now: () => number): Pace {
  const calls = new Map<string, number[]>();
  const shut = new Map<string, number>();
  const limitsOf = (method: string, channel: string | null) =>
    (limits[method] ?? []).map((limit) => ({
      ...limit,
      key: limit.each === 'channel' ? `${method} ${channel}` : method,
    }));
  const waitFor = ({ key, most, seconds }: Limit & { key: string }, share: number): number => {
    const at = now();
    const lately = (calls.get(key) ?? []).filter((ended) => ended > at - seconds * 1000);
    if (lately.length === 0) calls.delete(key);
    else calls.set(key, lately);
    const room = Math.max(1, Math.floor(most * share));
    const closed = (shut.get(key) ?? 0) - at;
    if (lately.length < room) return Math.max(0, closed);
    const first = lately.sort((one, other) => one - other)[lately.length - room]!;
    return Math.max(1, closed, first === onItsWay ? soon : first + seconds * 1000 - at);
  };
  return {
    begin(method, channel, share = 1) {
      const all = limitsOf(method, channel);
      const wait = Math.max(0, ...all.map((limit) => waitFor(limit, share)));
      if (wait > 0) return wait;
      for (const { key } of all) calls.set(key, [...(calls.get(key) ?? []), onItsWay]);
      return {
        end() {
          for (const { key } of all) {
            const there = calls.get(key) ?? [];
            const own = there.indexOf(onItsWay);
            if (own >= 0) there[own] = now();
          }
        },
      };
    },
    refused(method, channel, seconds) {
      const [first] = limitsOf(method, channel);
      if (first !== undefined) shut.set(first.key, now() + seconds * 1000);
    },
  };
}

/** When a call ended that has not. */
const onItsWay = Number.POSITIVE_INFINITY;
/** Milliseconds after which it may have. */
const soon = 200;

interface Limit {
  most: number;
  seconds: number;
  each: 'workspace' | 'channel';
}

const tier = (most: number): readonly Limit[] => [{ most, seconds: 60, each: 'workspace' }];

/** The tiers of what we call often, https://docs.slack.dev/apis/web-api/rate-limits, at their least: `50+ per minute` is 50. */
const limits: Readonly<Record<string, readonly Limit[]>> = {
  // One a second, with short bursts.
  'chat.postMessage': [
    { most: 5, seconds: 5, each: 'channel' },
    { most: 300, seconds: 60, each: 'workspace' },
  ],
  'chat.update': tier(50),
  'chat.delete': tier(50),
  'chat.postEphemeral': tier(100),
  'files.getUploadURLExternal': tier(100),
  'files.completeUploadExternal': tier(100),
  'files.info': tier(100),
  'files.delete': tier(50),
  'conversations.history': tier(50),
  'conversations.replies': tier(50),
  'usergroups.users.list': tier(20),
  'users.info': tier(100),
};
