import type { JsonObject } from '../../dsl/json.ts';
import type { Answer } from '../../engine/answer.ts';
import { insertButtons } from '../../engine/cards/buttons.ts';
import type { Ask } from './ask.ts';
import type { CardView } from './card-view.ts';
import { actingToken, formToken } from './token.ts';
import type { PresenterTools } from './tools.ts';
import { questionView } from './views/answer-view.ts';

/** Actions of buttons that stand on no card. */
export type OfferAction = 'yes' | 'no' | 'fill' | 'fix' | 'more' | 'report';

/** Makes a button for whoever asked; returns its token. */
export async function offer(
  action: OfferAction,
  args: JsonObject,
  ask: Ask,
  tools: PresenterTools,
): Promise<string> {
  const opens = action === 'fill' || action === 'report';
  const token = opens ? formToken(tools) : actingToken(tools);
  const { workspace, user } = ask.asker;
  await insertButtons(tools.parts.store, [
    { token, surface: ask.surface, workspace, card: null, action, arguments: args, owner: user },
  ]);
  return token;
}

/** A question with a yes, which does `then`, and a no. */
export async function askFirst(
  { question, touches }: Extract<Answer, { type: 'confirm' }>,
  then: JsonObject,
  yes: string,
  ask: Ask,
  tools: PresenterTools,
): Promise<CardView> {
  const tokens = {
    yes: await offer('yes', then, ask, tools),
    no: await offer('no', {}, ask, tools),
  };
  return questionView(question, touches, tokens, yes);
}
