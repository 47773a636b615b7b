import { html } from 'hono/html';
import type { Asked } from '../pages/say.ts';
import { area, group, type Html, line, type Problems, problemList, tick } from './fields.ts';
import { longestMessage, nameIn, wordsIn } from './name.ts';

const longestDays = 10 * 366;

/** The form by which somebody agrees to be shown. */
export function consentForm(fields: URLSearchParams, problems: Problems): Html {
  const value = (name: string) => fields.get(name) ?? '';
  const use = (name: string, label: string) =>
    tick({ name, label, checked: fields.has(name), problems: new Map() });
  return html`${problemList(problems)}
<h1>Give consent</h1>
<p>You agree that films made here may show you, for what you say below and no longer than you say. It counts when two moderators have made sure that it is you. You can take it
back at any time, at once and without a reason.</p>
<form method="post" action="/consent" novalidate>
<input type="hidden" name="secret" value="${value('secret')}">
${line({
  ...{ name: 'name', label: 'Your name', value: value('name'), complete: 'name', problems },
  hint: 'First and last name, as people write it, in any script.',
})}
${group({ name: 'likeness', label: 'What may be used', problems }, [use('likeness', 'How I look'), use('voice', 'My voice')])}
${line({ ...{ name: 'until', label: 'Until when', value: value('until'), type: 'date', problems }, hint: 'The last day, at most ten years from now.' })}
${line({ ...{ name: 'territory', label: 'Where the films may be shown (optional)', value: value('territory'), problems }, hint: 'For example: Germany and Austria. Empty for everywhere. Whoever makes a film is told; nobody here sees where it is shown.' })}
${line({ ...{ name: 'except', label: 'What not (optional)', value: value('except'), problems }, hint: 'Words with commas between them, such as: politics, alcohol. A film whose text says one of them is refused.' })}
${area({ ...{ name: 'message', label: 'How moderators can make sure that it is you', value: value('message'), most: longestMessage, problems }, hint: 'For example: a video call, or somebody here who knows you. You can add a signed paper or another proof afterwards, and have all of it deleted later.' })}
${tick({ name: 'self', label: 'I am this person, or may decide for them', checked: fields.has('self'), problems })}
<p><button type="submit">Give consent</button></p>
</form>`;
}

export function consentAsked(fields: URLSearchParams, now: Date): Asked {
  const problems = new Map<string, string>();
  const named = nameIn(fields);
  if ('problem' in named) problems.set('name', named.problem);
  const uses = ['likeness', 'voice'].filter((use) => fields.has(use));
  if (uses.length === 0) problems.set('likeness', 'Choose what may be used');
  const until = dayAfter(fields.get('until') ?? '');
  const wrong = whatIsWrong(until, now);
  if (wrong !== null) problems.set('until', wrong);
  const message = wordsIn(fields, 'message', longestMessage);
  if (message === null) problems.set('message', 'Write how moderators can make sure that it is you');
  if (!fields.has('self')) problems.set('self', 'Confirm that you are this person, or may decide for them');
  if ('problem' in named || problems.size > 0) return { problems };
  const except = (wordsIn(fields, 'except', 200) ?? '').split(',').map((word) => word.trim());
  return {
    asking: {
      ...{ kind: 'grant', name: named.name, message },
      details: {
        ...{
          uses,
          territory: wordsIn(fields, 'territory', 200),
          except: except.filter((word) => word !== ''),
        },
        ...{ from: now.toISOString(), until: until!.toISOString() },
        identity: 'asked on the public page; the moderators made sure by the evidence',
      },
    },
  };
}

/** The end of a day that is written as browsers write it; null for what is none. */
function dayAfter(text: string): Date | null {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00.000Z`) : null;
  // The 31st of June is taken for the 1st of July.
  if (day === null || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) return null;
  return new Date(day.getTime() + 86_400_000);
}

function whatIsWrong(until: Date | null, now: Date): string | null {
  if (until === null) return 'Choose a day, such as 2027-01-31';
  if (until <= now) return 'Choose a day that is not over';
  return until.getTime() - now.getTime() > longestDays * 86_400_000 ? 'Choose a day within ten years' : null;
}
