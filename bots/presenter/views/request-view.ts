import type { RequestSeen } from '../../../engine/consent/channel/request-seen.ts';
import {
  approvalsNeeded,
  type ConsentRequest,
  denialsNeeded,
  type RequestKind,
} from '../../../engine/consent/requests/states.ts';
import type { CardView, Told, Tone } from '../card-view.ts';
import { plainLine } from '../plain.ts';
import { requestButtonRows } from '../request-buttons.ts';
import { requestLines, requestTexts } from './request-lines.ts';
import { shaped } from './shape.ts';

/** What a card shows beside the request. */
export interface RequestTold {
  now: Date;
  /** The workspace that the card stands in: others have an r9 of their own. */
  workspace: string;
  /** Tokens of its buttons by action. */
  tokens: ReadonlyMap<string, string>;
  /** Whether evidence can be read by a link. */
  links: boolean;
}

/** Whether moderators still have to decide. */
export function waits({ state }: Pick<ConsentRequest, 'state'>): boolean {
  return state === 'open' || state === 'escalated';
}

/** What moderators see of a request in their channel: what is asked, by whom, until when, and who said what. Once it is over, the names stay and the texts
 * go. */
export function requestView(seen: RequestSeen, { now, workspace, tokens, links }: RequestTold): CardView {
  const { request } = seen;
  const open = waits(request);
  const id = `r${request.number}`;
  const own = request.workspace === workspace;
  const which = own ? id : `${id} of ${request.workspace}`;
  return shaped({
    tone: toneOf(request, now),
    title: open
      ? `${which} · ${question(seen)}`
      : `${which} · ${request.state} · ${nouns[request.kind]} ${nameIn(seen)}`,
    lines: open ? requestLines(seen) : [],
    record: [...askedRecord(request), ...(open ? waitingRecord(seen, now) : overRecord(seen))],
    block: open ? requestTexts(seen) : null,
    buttons: requestButtonRows(request, tokens, links),
    footnote: open
      ? `Whoever decides is written down for good. FIND REQUEST ${id} tells all of it${own ? '' : ', at the terminal'}.`
      : null,
  });
}

/** Who was first, for whoever comes too late. */
export function overRecord({ request, decisions }: RequestSeen): Told[][] {
  if (request.state === 'withdrawn') return [['Taken back by whoever asked']];
  return decisions
    .filter(({ verdict }) => verdict !== 'escalate')
    .map(({ moderator, verdict, reason, at }) => [
      `${said[verdict] ?? verdict} by `,
      { user: moderator },
      ', ',
      { at },
      ...(reason === null ? [] : [`: “${plainLine(reason)}”`]),
    ]);
}

const said: Readonly<Record<string, string>> = { approve: 'Approved', deny: 'Denied', revoke: 'Revoked' };

function toneOf(request: ConsentRequest, now: Date): Tone {
  if (request.state === 'approved') return 'done';
  if (request.state === 'denied') return 'refused';
  if (!waits(request)) return 'plain';
  return request.state === 'escalated' || request.dueAt <= now ? 'failed' : 'waiting';
}

function nameIn({ person, request }: RequestSeen): string {
  return plainLine(person?.names[0] ?? request.said);
}

function question(seen: RequestSeen): string {
  const name = nameIn(seen);
  switch (seen.request.kind) {
    case 'grant':
      return `May ${name} be shown here?`;
    case 'opt in':
      return `May ${name} be shown again?`;
    case 'erasure':
      return `Delete for good what shows ${name}?`;
    case 'review':
      if (seen.person === null) return 'May this face be shown?';
      return `Does this mean ${name}?`;
    case 'namesake':
      return `Is this another ${name}?`;
    case 'opt out':
      return seen.request.details.reason === 'grant revoked'
        ? `A grant of ${name} ended`
        : `${name} opted out`;
    case 'report':
      return `Is ${name} shown where they should not be?`;
    case 'face':
      return `May ${name} be found by their face?`;
    case 'objection':
      return `${name} asks to be left out`;
  }
}

const nouns: Readonly<Record<RequestKind, string>> = {
  grant: 'grant of',
  'opt in': 'opt-in of',
  erasure: 'erasure of what shows',
  review: 'words that may mean',
  namesake: 'namesake of',
  'opt out': 'end of the consent of',
  objection: 'objection of',
  report: 'report of',
  face: 'face of',
};

function askedRecord({ askedBy, askedAt }: ConsentRequest): Told[][] {
  if (askedBy === 'public page') return [['Asked on the public page, ', { at: askedAt }]];
  if (askedBy === 'watchai') return [['Filed by WatchAI itself, ', { at: askedAt }]];
  return [['Asked by ', { user: askedBy }, ', ', { at: askedAt }]];
}

function waitingRecord(seen: RequestSeen, now: Date): Told[][] {
  const { request, decisions, sent } = seen;
  const { kind, state, dueAt } = request;
  const clock: Told[] = [dueAt <= now ? 'Overdue since ' : 'To be decided by ', { at: dueAt }];
  if (state === 'escalated' && sent?.appeal != null)
    return [clock, ['Appealed: an admin decides who did not deny it'], ...overRecord(seen)];
  const by = (verdict: string) =>
    decisions.filter((each) => each.verdict === verdict).map(({ moderator }) => moderator);
  const denials = by('deny');
  return [
    clock,
    ...decisions.filter(({ verdict }) => verdict === 'escalate').map(escalation),
    ...(approvalsNeeded[kind] > 1 ? [votes('approvals', by('approve'), approvalsNeeded[kind])] : []),
    ...(denials.length > 0 ? [votes('denials', denials, denialsNeeded(kind))] : []),
  ];
}

function escalation({ moderator, reason }: RequestSeen['decisions'][number]): Told[] {
  const why = reason === null ? '' : `, “${plainLine(reason)}”`;
  return ['Escalated by ', { user: moderator }, `${why}: an admin decides`];
}

/** `1 of 2 approvals, by @mia; one more moderator`. */
function votes(what: string, by: readonly string[], needed: number): Told[] {
  const more = needed - by.length;
  const rest = more === 1 ? 'one more moderator' : `${more} moderators`;
  if (by.length === 0) return [`0 of ${needed} ${what}: ${rest} have to agree`];
  const names = by.flatMap((user, nth): Told[] => [...(nth === 0 ? [] : [' and ']), { user }]);
  return [`${by.length} of ${needed} ${what}, by `, ...names, ...(more > 0 ? [`; ${rest}`] : [])];
}
