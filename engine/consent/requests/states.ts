/** What can be asked of moderators:
 *
 *   grant     somebody may be shown here: evidence, identity, two moderators
 *   opt in    an opt-out is undone: evidence, identity, two moderators
 *   erasure   results that are held, and what was shown as evidence, are deleted for good: two moderators
 *   review    words that may mean somebody: one moderator, for this text in this workspace
 *   namesake  words that are somebody's name and mean another: one moderator, for this text in this workspace
 *   opt out   somebody said no and there is something to clear up: one moderator says that it is done
 *   report    a result shows somebody who should not be in it: one moderator says that it was seen to
 *   face      what somebody's face is known by is kept, so that it is found: evidence, identity, two moderators
 *   objection somebody said no on the public page, which may hold for now: one moderator confirms it, two lift it
 *
 * and what becomes of it:
 *
 *   open ──approve, as often as it takes──▶ approved ──REVOKE (a grant), or an opt-out──▶ revoked
 *     ├──deny──▶ denied ──an appeal on the public page, once──▶ escalated
 *     ├──whoever asked on the public page takes it back──▶ withdrawn
 *     └──escalate──▶ escalated: the same, but only admins decide
 *
 * Nobody decides on what they asked for, nobody decides twice, and what is decided stays, unless whoever denied it is appealed from. */
export type RequestKind =
  | 'grant'
  | 'review'
  | 'namesake'
  | 'opt in'
  | 'opt out'
  | 'erasure'
  | 'objection'
  | 'report'
  | 'face';

export type RequestState = 'open' | 'escalated' | 'approved' | 'denied' | 'revoked' | 'withdrawn';

/** How many have to agree. */
export const approvalsNeeded: Readonly<Record<RequestKind, number>> = {
  grant: 2,
  'opt in': 2,
  erasure: 2,
  face: 2,
  review: 1,
  namesake: 1,
  'opt out': 1,
  objection: 1,
  report: 1,
};

/** How many have to refuse: undoing what protects somebody takes more than protecting them. */
export function denialsNeeded(kind: RequestKind): number {
  return kind === 'objection' ? 2 : 1;
}

/** Hours that moderators have. */
export const hoursToDecide: Readonly<Record<RequestKind, number>> = {
  grant: 168,
  'opt in': 168,
  erasure: 72,
  face: 168,
  review: 24,
  namesake: 24,
  'opt out': 24,
  objection: 72,
  report: 24,
};

/** A request as it is kept. */
export interface ConsentRequest {
  id: number;
  number: number;
  workspace: string;
  kind: RequestKind;
  /** A row of the register; 0 where it is about a face of nobody in it. */
  person: number;
  state: RequestState;
  askedBy: string;
  askedAt: Date;
  dueAt: Date;
  /** The words in question. */
  said: string;
  textHash: string | null;
  details: RequestDetails;
}

/** What was said with it, by kind. */
export interface RequestDetails {
  uses?: string[];
  territory?: string | null;
  from?: string;
  until?: string;
  except?: string[];
  evidence?: { sha256: string; name: string };
  identity?: string;
  /** Of a face: the picture that shows it, until it is known. */
  picture?: { sha256: string; name: string };
  reason?: string;
  /** Of a review or a namesake: the whole text, and why it was read so. */
  text?: string;
  why?: string;
  /** Of a report: the result, `v12`. */
  film?: string;
  /** Of an objection: it holds from the moment on when it was sent, until it is decided. */
  holds?: boolean;
  /** Of an opt-out: what was found. */
  held?: string[];
  stopped?: string[];
  exported?: string[];
  /** Cards in chats that are taken away with their films. */
  posts?: string[];
  delivered?: string[];
}
