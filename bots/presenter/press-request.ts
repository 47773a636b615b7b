import type { Asker } from '../../engine/asker.ts';
import type { ButtonRow } from '../../engine/cards/buttons.ts';
import type { CardRow } from '../../engine/cards/cards.ts';
import { channelOf } from '../../engine/consent/channel/moderators-channel.ts';
import { type RequestSeen, seeRequest } from '../../engine/consent/channel/request-seen.ts';
import { linkEvidence, linkMinutes } from '../../engine/consent/public/evidence-link.ts';
import { whyNotDecide } from '../../engine/consent/requests/decide.ts';
import type { Ask, Values } from './ask.ts';
import { plainLine } from './plain.ts';
import type { Reply } from './reply.ts';
import { denialForm, type RequestAction } from './request-buttons.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';
import { overRecord, waits } from './views/request-view.ts';
import { shaped } from './views/shape.ts';

/** Does what a button on the card of a request means. Who sees the card counts for nothing: whoever presses has to be a moderator at this moment, of the
 * workspace that the request was put before. */
export async function pressRequest(
  button: ButtonRow,
  card: CardRow & { request: number },
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
): Promise<Reply> {
  const { store } = tools.parts;
  const seen = await seeRequest(store, card.request);
  if (seen === null) return refused('This request is no more', null);
  const { request } = seen;
  const id = `r${request.number}`;
  if (request.workspace !== ask.asker.workspace) {
    const there = await channelOf(store, request.workspace);
    if (there?.workspace !== ask.asker.workspace) return refused(`${id} is not decided here any more`, null);
  }
  const asker: Asker = { ...ask.asker, workspace: request.workspace };
  if (!asker.roles.includes('moderator') && !asker.roles.includes('admin'))
    return refused(`Moderators decide on ${id}`, 'SET roles.moderator says who is one');
  const action = button.action as RequestAction;
  if (action === 'evidence' || action === 'picture') return shownTo(asker, action, seen, tools);
  const no = await whyNotDecide(store, asker, request.number, action);
  if (no !== null) return tooLate(seen, no);
  if (action === 'deny' && values === undefined) return { type: 'form', form: denialForm(button.token, id) };
  const because = action === 'deny' ? (values?.because?.trim() ?? '') : null;
  const answer = await tools.engine.command(
    {
      ...{ operation: action, subject: '', destructive: false, text: `${action.toUpperCase()} ${id}` },
      arguments: { target: id, because },
    },
    asker,
    { confirmed: false },
  );
  if (answer.type === 'refused') {
    const now = (await seeRequest(store, card.request)) ?? seen;
    return tooLate(now, { refused: answer.message, hint: answer.hint });
  }
  return answer.type === 'text'
    ? { type: 'answer', view: shaped({ tone: 'plain', title: answer.text }), private: true }
    : refused(`${id} could not be decided`, null);
}

/** Why somebody was not heard; where another was first, who. */
function tooLate(
  seen: RequestSeen,
  { refused: words, hint }: { refused: string; hint: string | null },
): Reply {
  const { request } = seen;
  if (waits(request)) return refused(words, hint);
  const view = shaped({
    tone: 'refused',
    title: `r${request.number} is ${request.state} already`,
    record: overRecord(seen),
  });
  return { type: 'refused', view };
}

/** A link to the evidence, or to the picture of a face, for this moderator alone; who opens it is written down. */
async function shownTo(
  { user }: Asker,
  what: 'evidence' | 'picture',
  { request: { id, number, details } }: RequestSeen,
  { parts, publicUrl }: PresenterTools,
): Promise<Reply> {
  const file = details[what];
  if (publicUrl == null || file === undefined)
    return refused(`There is no ${what} of r${number} to look at here`, null);
  const secret = await linkEvidence(parts.store, id, file.sha256, user);
  if (secret === null) return refused(`The ${what} of r${number} was deleted`, null);
  const view = shaped({
    tone: 'plain',
    title: what === 'evidence' ? `Evidence of r${number}` : `The picture of r${number}`,
    lines: [
      `${plainLine(file.name)}, SHA-256 ${file.sha256}`,
      `The link is yours alone and ends in ${linkMinutes} minutes; that you read it is written down.`,
    ],
    buttons: [[{ token: what, label: 'Open', style: 'link', url: `${publicUrl}/evidence/${secret}` }]],
  });
  return { type: 'answer', view, private: true };
}

function refused(message: string, hint: string | null): Reply {
  return { type: 'refused', view: refusedView(null, message, hint) };
}
