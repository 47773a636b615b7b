import { expect, test } from 'vitest';

import { requestView } from '../../../bots/presenter/views/request-view.ts';
import type { RequestSeen } from '../../../engine/consent/channel/request-seen.ts';
import type { ConsentRequest, RequestDetails, RequestKind } from '../../../engine/consent/requests/states.ts';
import { drawPlain } from './draw-plain.ts';

const asked = new Date('2026-11-27T09:00:00Z');
const due = new Date('2026-11-30T09:00:00Z');
const later = new Date('2026-11-27T15:30:00Z');

interface Case {
  kind: RequestKind;
  details?: RequestDetails;
  more?: Partial<ConsentRequest>;
  said?: readonly [who: string, verdict: string, reason?: string][];
  sent?: RequestSeen['sent'];
  optedOut?: boolean;
  now?: Date;
}

/** A request's card as a chat would show it. */
function shown({
  kind,
  details = {},
  more = {},
  said = [],
  sent = null,
  optedOut = false,
  now = later,
}: Case): string {
  const request: ConsentRequest = {
    ...{ id: 1, number: 9, workspace: 'discord:1', kind, person: 1, state: 'open', askedBy: 'discord:ada' },
    ...{ askedAt: asked, dueAt: due, said: 'Jane Roe', textHash: null, details },
    ...more,
  };
  const person = { id: 1, names: ['Jane Roe'], kind: 'private', context: [], source: '', optedOut } as const;
  const decisions = said.map(([moderator, verdict, reason = null]) => ({
    moderator,
    verdict,
    reason,
    at: later,
  }));
  const seen: RequestSeen = {
    request,
    person: { ...person, names: ['Jane Roe'], context: [] },
    decisions,
    sent,
  };
  const tokens = new Map(['approve', 'deny', 'escalate', 'evidence'].map((each) => [each, each]));
  return drawPlain(requestView(seen, { now, workspace: 'discord:1', tokens, links: true }));
}

const terms: RequestDetails = {
  ...{ uses: ['likeness', 'voice'], from: '2026-12-01T00:00:00.000Z', until: '2027-12-01T00:00:00.000Z' },
  ...{ territory: 'EU', except: ['politics'], identity: 'passport, seen in a video call' },
  evidence: { sha256: 'ab'.repeat(32), name: 'consent.pdf' },
};

const cases: Readonly<Record<string, Case>> = {
  'a grant that nobody decided on yet': { kind: 'grant', details: terms },
  'a grant with one of two approvals': { kind: 'grant', details: terms, said: [['discord:mia', 'approve']] },
  'a grant without evidence, overdue': {
    kind: 'grant',
    details: { uses: ['likeness'] },
    now: new Date('2026-12-02T00:00:00Z'),
  },
  'words that may mean somebody, in a text that would like to be more': {
    kind: 'review',
    details: { text: 'GENERATE "``` @everyone jane r. at the sea"', why: 'a first name with an initial' },
    more: { said: 'jane r.\n@everyone' },
  },
  'a namesake': { kind: 'namesake', details: { text: 'CAST "Jane Roe" AS baker', reason: 'our own baker' } },
  'an objection from the public page, with one of two denials': {
    kind: 'objection',
    details: { holds: true },
    more: { askedBy: 'public page' },
    sent: { message: 'I never agreed to this.\nPlease stop.', appeal: null },
    optedOut: true,
    said: [['discord:mia', 'deny', 'somebody else']],
  },
  'an appeal': {
    kind: 'objection',
    details: { holds: true },
    more: { askedBy: 'public page', state: 'escalated' },
    sent: { message: null, appeal: 'You looked at another Jane Roe.' },
    said: [
      ['discord:mia', 'deny', 'somebody else'],
      ['discord:noor', 'deny', 'the same'],
    ],
  },
  'where a film stood of somebody who opted out': {
    kind: 'opt out',
    details: {
      ...{ reason: 'opted out', held: ['v12', 'v13'], stopped: ['g7'] },
      posts: ['g5 in the channel 234 of discord', 'g6 in the channel 345 of discord'],
      exported: ['/films/harbour.mp4'],
      delivered: ['https://cdn.example/harbour.mp4'],
    },
    more: { askedBy: 'watchai' },
    optedOut: true,
  },
  'a long list of what is held': {
    kind: 'opt out',
    details: { reason: 'grant revoked', held: Array.from({ length: 200 }, (_, nth) => `v${nth + 1}`) },
    more: { askedBy: 'watchai' },
  },
  'an erasure that was escalated': {
    kind: 'erasure',
    more: { state: 'escalated' },
    said: [['discord:mia', 'escalate', 'her lawyer wrote']],
    optedOut: true,
  },
  'an opt-in': { kind: 'opt in', details: { reason: 'changed her mind' }, optedOut: true },
  'approved by two': {
    kind: 'grant',
    details: terms,
    more: { state: 'approved' },
    said: [
      ['discord:mia', 'approve'],
      ['discord:noor', 'approve'],
    ],
  },
  'denied with a reason': {
    kind: 'review',
    details: { text: 'jane r. at the sea' },
    more: { state: 'denied' },
    said: [['discord:mia', 'deny', 'it is\nher']],
  },
  'a request of the terminal, put before the moderators of a chat': {
    kind: 'namesake',
    more: { workspace: 'local', askedBy: 'ada' },
  },
  'taken back': { kind: 'objection', more: { state: 'withdrawn', askedBy: 'public page' } },
};

test.each(Object.entries(cases))('%s', (_, about) => {
  expect(shown(about)).toMatchSnapshot();
});
