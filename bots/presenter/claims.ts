import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { CardRow } from '../../engine/cards/cards.ts';
import type { Ask } from './ask.ts';
import { askFor } from './ask-for.ts';
import type { CardButton, CardView } from './card-view.ts';
import { cutTo, plainLine } from './plain.ts';
import { offer } from './questions.ts';
import type { Reply } from './reply.ts';
import type { PresenterTools } from './tools.ts';
import { refusalView } from './views/refusal-view.ts';
import { shaped } from './views/shape.ts';

/** As many names of one refusal as have a button. */
const most = 4;

/** A name that may mean somebody else, and the text in which it stands. */
interface Claim {
  code: string;
  name: string;
  text: string;
}

/** The way out of a refused name where somebody else is meant: a button for each name and text, which asks who, and then a moderator. */
export async function claimButtons(
  diagnostics: readonly Diagnostic[],
  ask: Ask,
  tools: PresenterTools,
): Promise<CardButton[]> {
  const claims = claimsIn(diagnostics).slice(0, most);
  return Promise.all(
    claims.map(async (claim) => {
      const token = await offer('fill', askedWith(claim), ask, tools);
      const label = labelOf(claim.code, claim.name, claims.length);
      return { token, label, style: 'secondary', url: null } as const;
    }),
  );
}

/** The same of a run that was refused when a worker came to it, since consent had changed by then: asked as it stands now, whatever it was that refused it. Where
 * one name is all that is wrong, who is meant is asked at once. */
export async function claimLate(
  { group, pql }: Pick<CardRow, 'group' | 'pql'>,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const { diagnostics } = await tools.engine.compile(pql, ask.asker, signal);
  if (diagnostics.length === 0) return { type: 'answer', view: nothingInTheWay(group), private: true };
  const [claim, second] = claimsIn(diagnostics);
  const form =
    claim !== undefined && second === undefined && diagnostics.length === 1
      ? await askFor(claimVerb, keptOf(claim), saysOf(claim), ask, tools)
      : null;
  if (form !== null) return form;
  const ways = await claimButtons(diagnostics, ask, tools);
  return { type: 'refused', view: refusalView(pql, diagnostics, { others: ways }) };
}

const claimVerb = 'consent claim-namesake';

/** Each once. */
function claimsIn(diagnostics: readonly Diagnostic[]): Claim[] {
  const once = new Map(
    diagnostics.flatMap(({ code, claim }) =>
      claim === undefined ? [] : [[`${claim.name}\n${claim.text}`, { code, ...claim }] as const],
    ),
  );
  return [...once.values()];
}

function askedWith(claim: Claim): JsonObject {
  return { verb: claimVerb, kept: keptOf(claim), text: saysOf(claim) };
}

function keptOf({ name, text }: Claim): Record<string, string> {
  return { name, for: text };
}

function saysOf({ name, text }: Claim): string {
  return `“${cutTo(plainLine(text), 200)}” does not mean ${plainLine(name)}? A moderator decides.`;
}

function nothingInTheWay(group: string): CardView {
  return shaped({
    tone: 'plain',
    title: `Nothing stands in the way of ${group} any more`,
    lines: ['Press Try again on its card: it runs now.'],
  });
}

/** What may mean somebody (PQL544) is a question, what does mean them an objection. */
function labelOf(code: string, name: string, of: number): string {
  if (of > 1) return cutTo(`Not ${plainLine(name)}`, 25);
  return code === 'PQL544' ? 'Ask a moderator' : 'Claim a namesake';
}
