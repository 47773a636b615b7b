import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { Ask } from './ask.ts';
import type { CardButton } from './card-view.ts';
import { cutTo, plainLine } from './plain.ts';
import { offer } from './questions.ts';
import type { PresenterTools } from './tools.ts';

/** As many names of one refusal as have a button. */
const most = 4;

/** The way out of a refused name where somebody else is meant: a button for each name and text, which asks who, and then a moderator. */
export async function claimButtons(
  diagnostics: readonly Diagnostic[],
  ask: Ask,
  tools: PresenterTools,
): Promise<CardButton[]> {
  const once = new Map(
    diagnostics.flatMap(({ code, claim }) =>
      claim === undefined ? [] : [[`${claim.name}\n${claim.text}`, { code, ...claim }] as const],
    ),
  );
  const claims = [...once.values()].slice(0, most);
  return Promise.all(
    claims.map(async ({ code, name, text }) => {
      const says = `“${cutTo(plainLine(text), 200)}” does not mean ${plainLine(name)}? A moderator decides.`;
      const args = { verb: 'consent claim-namesake', kept: { name, for: text }, text: says };
      const token = await offer('fill', args, ask, tools);
      return { token, label: labelOf(code, name, claims.length), style: 'secondary', url: null } as const;
    }),
  );
}

/** What may mean somebody (PQL544) is a question, what does mean them an objection. */
function labelOf(code: string, name: string, of: number): string {
  if (of > 1) return cutTo(`Not ${plainLine(name)}`, 25);
  return code === 'PQL544' ? 'Ask a moderator' : 'Claim a namesake';
}
