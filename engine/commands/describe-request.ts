import type { Answer } from '../answer.ts';
import type { Asker } from '../asker.ts';
import { linkEvidence, linkMinutes } from '../consent/public/evidence-link.ts';
import { sentWith } from '../consent/public/sent.ts';
import { peopleById } from '../consent/registry/people.ts';
import { decisionsOn } from '../consent/requests/decide.ts';
import { findRequest, requestNumber } from '../consent/requests/file.ts';
import { approvalsNeeded, type ConsentRequest } from '../consent/requests/states.ts';
import type { Queries } from '../store/port.ts';
import type { CommandTools } from './answerer.ts';
import { isModerator, noRequest, notYours } from './consent-roles.ts';
import { column } from './list.ts';

/** FIND REQUEST r9: what is asked, what was said to it, and until when; for moderators and for whoever asked. */
export async function describeRequest(
  asker: Asker,
  target: string,
  { parts: { store: queries }, publicUrl = null, now: clockOf }: CommandTools,
): Promise<Answer> {
  const now = clockOf?.() ?? new Date();
  const number = requestNumber(target);
  const request = number === null ? null : await findRequest(queries, asker.workspace, number);
  if (request === null) return noRequest(target);
  if (!isModerator(asker) && request.askedBy !== asker.user)
    return notYours(`r${number} is for moderators and for whoever asked`, null);
  const [person] = await peopleById(queries, [request.person]);
  const decisions = await decisionsOn(queries, request.id);
  const sent = isModerator(asker) ? await sentWith(queries, request.id) : null;
  const { details, kind, state } = request;
  const read = async (sha256: string | undefined) =>
    isModerator(asker) ? whereToRead(queries, request, sha256, asker, publicUrl) : null;
  const readAt = await read(details.evidence?.sha256);
  const pictureAt = await read(details.picture?.sha256);
  const waits = state === 'open' || state === 'escalated';
  const approvals = decisions.filter(({ verdict }) => verdict === 'approve').length;
  const rows: (readonly [string, string | null])[] = [
    [
      'about',
      person === undefined
        ? null
        : `${person.names[0]}, ${person.kind}${person.optedOut ? ', opted out' : ''}`,
    ],
    ['state', state],
    ['shown in', details.film ?? null],
    ['words', request.said],
    ['text', details.text ?? null],
    ['read so because', details.why ?? null],
    ['asked by', request.askedBy],
    ['asked', request.askedAt.toISOString()],
    ['to decide by', waits ? `${request.dueAt.toISOString()}, ${clock(request.dueAt, now)}` : null],
    ['approvals', `${approvals} of ${approvalsNeeded[kind]}`],
    ['for', details.uses?.join(' and ') ?? null],
    ['from', details.from?.slice(0, 10) ?? null],
    ['until', details.until?.slice(0, 10) ?? null],
    ['territory', details.territory ?? null],
    ['not for', details.except?.join(', ') ?? null],
    [
      'evidence',
      details.evidence === undefined ? null : `${details.evidence.name}, sha-256 ${details.evidence.sha256}`,
    ],
    [
      'picture',
      details.picture === undefined ? null : `${details.picture.name}, sha-256 ${details.picture.sha256}`,
    ],
    [`to read within ${linkMinutes} min`, readAt],
    [`to look at within ${linkMinutes} min`, pictureAt],
    ['identity', details.identity ?? null],
    ['reason', details.reason ?? null],
    [
      'holds',
      details.holds === undefined ? null : details.holds && waits ? 'for now' : waits ? 'not yet' : null,
    ],
    ['message', sent?.message ?? null],
    ['appeal', sent?.appeal ?? null],
    ['stopped', details.stopped?.join(', ') ?? null],
    ['held', details.held?.join(', ') ?? null],
    ...(details.posts ?? []).map((post) => ['post that is taken back', post] as const),
    ...(details.exported ?? []).map((path) => ['file to take back', path] as const),
    ...(details.delivered ?? []).map((url) => ['link to take back', url] as const),
    ...decisions.map(
      ({ moderator, verdict, reason, at }) =>
        [
          said[verdict] ?? verdict,
          `${moderator}, ${at.toISOString()}${reason === null ? '' : `: ${reason}`}`,
        ] as const,
    ),
  ];
  const told = rows.filter(([, value]) => value !== null && value !== '').map((row) => [...row]);
  return {
    type: 'table',
    title: `r${number} ${kind}, ${state}`,
    columns: [column('what'), column('value')],
    rows: told,
    total: told.length,
    hint: waits && isModerator(asker) ? whatToSay(request) : null,
  };
}

/** How a moderator decides; of a report also what takes away what it is about, since its approval only says that somebody did. */
function whatToSay({ number, kind, details: { film } }: ConsentRequest): string {
  const decide = `APPROVE r${number}, DENY r${number} BECAUSE "…" or ESCALATE r${number}`;
  return kind === 'report' ? `REMOVE ${film} takes it away; then ${decide}` : decide;
}

/** A link to evidence, for this moderator alone; null where there is none. */
async function whereToRead(
  queries: Queries,
  { id }: ConsentRequest,
  sha256: string | undefined,
  { user }: Asker,
  publicUrl: string | null,
): Promise<string | null> {
  if (publicUrl === null || sha256 === undefined) return null;
  const secret = await linkEvidence(queries, id, sha256, user);
  return secret === null ? null : `${publicUrl}/evidence/${secret}`;
}

const said: Readonly<Record<string, string>> = {
  approve: 'approved by',
  deny: 'denied by',
  escalate: 'escalated by',
  revoke: 'revoked by',
};

/** How long is left, or for how long it is overdue. */
export function clock(due: Date, now: Date): string {
  const minutes = Math.round(Math.abs(due.getTime() - now.getTime()) / 60_000);
  const span = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return due < now ? `${span} overdue` : `${span} left`;
}
