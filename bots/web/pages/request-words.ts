import type { FollowedRequest } from '../../../engine/consent/public/follow.ts';

/** What the page of a request says of it: how it looks, in a line, and what happens next. */
export interface Told {
  tone: 'good' | 'bad' | 'waits';
  state: string;
  next: string;
}

/** In plain words, for whoever asked. `until` is the day by which moderators decide, in words. */
export function told(followed: FollowedRequest, until: string): Told {
  return followed.kind === 'objection' ? objectionTold(followed, until) : consentTold(followed, until);
}

function objectionTold({ state, details, appealedAt }: FollowedRequest, until: string): Told {
  const stopped = 'Films that name you are refused, and those that were made cannot be seen.';
  switch (state) {
    case 'approved':
    case 'revoked':
      return {
        tone: 'good',
        state: 'You have opted out.',
        next: `${stopped} Nothing more is to be done. It holds until somebody proves that you want it otherwise, which two moderators have to believe.`,
      };
    case 'denied':
      return {
        tone: 'bad',
        state: 'The moderators did not agree.',
        next: `Your opt-out does not hold any more. ${appealedAt === null ? appealOnce : noMore}`,
      };
    case 'withdrawn':
      return { tone: 'bad', state: 'You took this request back.', next: 'It has no effect any more.' };
    case 'open':
    case 'escalated': {
      const who = appealedAt === null ? 'A moderator looks' : 'Somebody else looks at your appeal';
      return details.holds === true && appealedAt === null
        ? {
            tone: 'good',
            state: 'You have opted out, for now.',
            next: `${stopped} ${who} at it by ${until}; until then it holds.`,
          }
        : {
            tone: 'waits',
            state:
              appealedAt === null
                ? 'A moderator has to look at it first.'
                : 'Your appeal is being looked at.',
            next:
              appealedAt === null
                ? `These words may mean something else than a person, so nothing holds yet. ${who} at it by ${until}.`
                : `${who} by ${until}.`,
          };
    }
  }
}

function consentTold({ state, details, appealedAt, clearedAt }: FollowedRequest, until: string): Told {
  switch (state) {
    case 'approved':
      return {
        tone: 'good',
        state: 'Your consent counts.',
        next: `Films may show you for what you said, until ${lastDay(details.until)}. You can take it back below at any time.`,
      };
    case 'revoked':
      return {
        tone: 'good',
        state: 'This consent has ended.',
        next: 'Films that rest on it are stopped and cannot be seen any more.',
      };
    case 'withdrawn':
      return { tone: 'good', state: 'You took this request back.', next: 'It has no effect any more.' };
    case 'denied':
      return {
        tone: 'bad',
        state: 'The moderators did not agree.',
        next: appealedAt === null && clearedAt === null ? appealOnce : noMore,
      };
    case 'open':
    case 'escalated':
      return details.evidence === undefined
        ? {
            tone: 'waits',
            state: 'Evidence is missing.',
            next: `Add below what shows that it is you, soon: moderators decide by ${until}, and cannot agree without it. Until then nobody may show you.`,
          }
        : {
            tone: 'waits',
            state: appealedAt === null ? 'Moderators look at it.' : 'Your appeal is being looked at.',
            next: `Two of them have to agree, by ${until}. Until then nobody may show you.`,
          };
  }
}

const appealOnce = 'You can appeal below, once. Somebody who did not deny it then decides.';
const noMore =
  'That is final here. You can still go to the data protection authority of your country, or to a court.';

/** The last day on which a consent counts, which ends with it. */
function lastDay(until = ''): string {
  const end = Date.parse(until);
  return Number.isNaN(end) ? 'the end that you said' : inWords(new Date(end - 1));
}

/** `28 November 2026`. */
export function inWords(day: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}
