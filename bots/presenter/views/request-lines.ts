import type { RequestSeen } from '../../../engine/consent/channel/request-seen.ts';
import type { Person } from '../../../engine/consent/registry/person.ts';
import type { ConsentRequest, RequestDetails } from '../../../engine/consent/requests/states.ts';
import { cutTo, plainLine } from '../plain.ts';

/** What a moderator has to know to decide, a line each; what somebody wrote stands in quotes. */
export function requestLines({ request, person }: RequestSeen): string[] {
  const { details, kind } = request;
  return [
    ...words(request, person),
    ...(details.film === undefined ? [] : [`Shown in ${plainLine(details.film)}`]),
    ...(details.why === undefined ? [] : [`Read so because ${plainLine(details.why)}`]),
    ...terms(details),
    ...(person?.optedOut && kind !== 'opt out' ? optedOut(request) : []),
    ...evidence(request),
    ...(details.identity === undefined ? [] : [`Identity: ${quoted(details.identity)}`]),
    ...(kind !== 'opt out' && details.reason !== undefined ? [`Because: ${quoted(details.reason)}`] : []),
    ...whereItStood(details),
    meaning(request),
  ];
}

/** Texts that somebody wrote, whole, for a block of code; null where there are none. */
export function requestTexts({ request, sent }: RequestSeen): string | null {
  const texts = [
    request.details.text === undefined ? null : `The text:\n${request.details.text}`,
    sent?.message == null ? null : `They write:\n${sent.message}`,
    sent?.appeal == null ? null : `They appeal:\n${sent.appeal}`,
  ].filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** The words in question, unless the title says them already. */
function words({ kind, said }: ConsentRequest, person: Person | null): string[] {
  if (kind === 'review' || kind === 'namesake') return [`Found: ${quoted(said)}`];
  return said === (person?.names[0] ?? said) ? [] : [`Asked for: ${quoted(said)}`];
}

function quoted(text: string): string {
  return `“${cutTo(plainLine(text), 200)}”`;
}

function terms({ uses, from, until, territory, except }: RequestDetails): string[] {
  if (uses === undefined) return [];
  const days = [
    ...(from === undefined ? [] : [`from ${from.slice(0, 10)}`]),
    ...(until === undefined ? [] : [`until ${until.slice(0, 10)}`]),
  ].join(' ');
  return [
    `For ${uses.join(' and ')} ${days}`.trim(),
    ...(territory == null ? [] : [`Where: ${quoted(territory)}`]),
    ...(except === undefined || except.length === 0 ? [] : [`Not for ${except.map(quoted).join(', ')}`]),
  ];
}

function optedOut({ kind, details }: ConsentRequest): string[] {
  if (kind === 'objection')
    return details.holds === true ? ['It holds for now: nobody can show them until it is decided'] : [];
  return ['This person opted out'];
}

function evidence({ kind, details }: ConsentRequest): string[] {
  if (details.evidence !== undefined)
    return [`Evidence: ${quoted(details.evidence.name)}`, `SHA-256 ${details.evidence.sha256}`];
  return kind === 'grant' ? ['No evidence so far, and no approval without'] : [];
}

/** What was taken back after somebody's consent ended, and what only people can take back. */
function whereItStood({ held, stopped, posts, exported, delivered }: RequestDetails): string[] {
  const list = (what: string, all: readonly string[] | undefined) =>
    all === undefined || all.length === 0 ? [] : [`${what}: ${some(all)}`];
  return [
    ...list('Held', held),
    ...list('Stopped', stopped),
    ...list('Taken out of chats', posts),
    ...list('Files to take back', exported),
    ...list('Links to take back', delivered),
  ];
}

function some(all: readonly string[]): string {
  const shown: string[] = [];
  for (const each of all) {
    if (shown.join(', ').length + each.length > 220) break;
    shown.push(plainLine(each));
  }
  const rest = all.length - shown.length;
  return rest === 0 ? shown.join(', ') : [...shown, `${rest} more`].join(', ');
}

/** What an approval does. */
function meaning({ kind }: ConsentRequest): string {
  switch (kind) {
    case 'grant':
      return 'Approved, it lets this workspace show them on these terms.';
    case 'opt in':
      return 'Approved, what was held for them is back.';
    case 'erasure':
      return 'Approved, what is held for them is deleted, bytes and evidence; it cannot be undone.';
    case 'review':
      return 'Approved, this text may stand here. Denied, it may not.';
    case 'namesake':
      return 'Approved, this text means somebody else and may stand here.';
    case 'opt out':
      return 'Approve it once what is listed has been cleared up.';
    case 'report':
      return 'Approve it once the result was removed or the person was entered as opted out. Deny it where nothing is wrong.';
    case 'face':
      return 'Approved, they are found by their face where they are shown without leave. The picture itself is not kept.';
    case 'objection':
      return 'Approved, they are out everywhere, and their grants end. Two have to deny it.';
  }
}
