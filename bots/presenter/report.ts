import type { Ask, Values } from './ask.ts';
import { createFormText } from './form-text.ts';
import { reportForm } from './forms.ts';
import { offer } from './questions.ts';
import type { Reply } from './reply.ts';
import { shownIn, shownOnCard } from './shown-on.ts';
import { say } from './statement.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** Asks who is shown in the film of a message of ours, and what is wanted. */
export async function askAbout(ask: Ask, tools: PresenterTools): Promise<Reply> {
  const shown = await shownIn(ask, tools);
  if (shown === null)
    return refused(
      'This message shows nothing that was made here',
      'REPORT v12 SHOWS "Jane Roe" names a result by its id; OPT OUT "Jane Roe" says no for all of them',
    );
  const { card, films } = shown;
  const token = await offer('report', { card: card.id }, ask, tools);
  return { type: 'form', form: reportForm(token, films, card.pql) };
}

/** Says what the form of a token was filled in with, or shows it again. Of an opt-out the film is reported as well: it may show somebody whom no text of
 * it names, and then an opt-out does not find it. */
export async function reportOn(
  token: string,
  id: number,
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const shown = await shownOnCard(id, ask, tools);
  if (values === undefined && shown !== null)
    return { type: 'form', form: reportForm(token, shown.films, shown.card.pql) };
  const { name = '', because = '', want, film = shown?.films[0] } = values ?? {};
  const formText = createFormText(tools.catalogue);
  const optOut = (why: string) => formText('consent opt-out', { name, because: why });
  if (film === undefined || !shown?.films.includes(film)) {
    if (want !== 'opt out') return refused('What this message showed was removed meanwhile', null);
    return say(optOut(because), {}, ask, tools, signal);
  }
  const said = [
    formText('consent report', { result: film, shows: name, because }),
    ...(want === 'opt out'
      ? [optOut(because === '' ? `shown in ${film}` : `shown in ${film}: ${because}`)]
      : []),
  ];
  return say(said.join(';\n'), {}, ask, tools, signal);
}

function refused(message: string, hint: string | null): Reply {
  return { type: 'refused', view: refusedView(null, message, hint) };
}
