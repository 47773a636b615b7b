import { cardAt, readCard } from '../../engine/cards/cards.ts';
import type { Ask, Values } from './ask.ts';
import { createFormText } from './form-text.ts';
import { reportForm } from './forms.ts';
import { offer } from './questions.ts';
import type { Reply } from './reply.ts';
import { shownOn } from './shown-on.ts';
import { say } from './statement.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** Asks who is shown in the film of a message of ours, and what is wanted. */
export async function askAbout(ask: Ask, tools: PresenterTools): Promise<Reply> {
  const { channel, message } = ask.place;
  const { workspace } = ask.asker;
  const card =
    message === null ? null : await cardAt(tools.parts.store, ask.surface, workspace, { channel, message });
  const films = card === null ? [] : await shownOn(card, tools);
  if (card === null || films.length === 0)
    return refused(
      'This message shows nothing that was made here',
      'REPORT v12 SHOWS "Jane Roe" names a result by its id; OPT OUT "Jane Roe" says no for all of them',
    );
  const token = await offer('report', { card: card.id }, ask, tools);
  return { type: 'form', form: reportForm(token, films, card.pql) };
}

/** Says what the form was filled in with. Of an opt-out the film is reported as well: it may show somebody whom no text of it names, and then
 * an opt-out does not find it. */
export async function reportOn(
  card: number,
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  if (values === undefined) return askAgain(card, ask, tools);
  const row = await readCard(tools.parts.store, card);
  const films = row === null || row.workspace !== ask.asker.workspace ? [] : await shownOn(row, tools);
  const result = values.film ?? films[0];
  const { name = '', because = '', want } = values;
  if (result === undefined || !films.includes(result)) {
    if (want !== optOut) return refused('What this message showed was removed meanwhile', null);
    return say(createFormText(tools.catalogue)('consent opt-out', { name, because }), {}, ask, tools, signal);
  }
  const formText = createFormText(tools.catalogue);
  const shown = because === '' ? `shown in ${result}` : `shown in ${result}: ${because}`;
  const said = [
    formText('consent report', { result, shows: name, because }),
    ...(want === optOut ? [formText('consent opt-out', { name, because: shown })] : []),
  ];
  return say(said.join(';\n'), {}, ask, tools, signal);
}

async function askAgain(id: number, ask: Ask, tools: PresenterTools): Promise<Reply> {
  const card = await readCard(tools.parts.store, id);
  const films = card === null ? [] : await shownOn(card, tools);
  if (card === null || films.length === 0)
    return refused('What this message showed was removed meanwhile', null);
  const token = await offer('report', { card: id }, ask, tools);
  return { type: 'form', form: reportForm(token, films, card.pql) };
}

/** The choice of the form that is also an opt-out. */
const optOut = 'opt out';

function refused(message: string, hint: string | null): Reply {
  return { type: 'refused', view: refusedView(null, message, hint) };
}
