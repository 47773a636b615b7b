import { html } from 'hono/html';
import type { Asked } from '../pages/say.ts';
import { area, type Html, line, type Problems, problemList, tick } from './fields.ts';
import { longestMessage, nameIn, wordsIn } from './name.ts';

/** The form by which somebody says no. */
export function objectionForm(fields: URLSearchParams, problems: Problems): Html {
  return html`${problemList(problems)}
<h1>Opt out</h1>
<p>From the moment that you send this, films that name you are refused and stopped, and those that were made can be seen no more. Only a single word, which may be a flower or a
town, and words that are no name wait for a moderator.</p>
<form method="post" action="/opt-out" novalidate>
<input type="hidden" name="secret" value="${fields.get('secret') ?? ''}">
${line({
  ...{ name: 'name', label: 'Your name', value: fields.get('name') ?? '', complete: 'name', problems },
  hint: 'First and last name, as people write it, in any script. For another name, send another form.',
})}
${area({
  ...{ name: 'message', label: 'Anything that moderators should know (optional)', problems },
  ...{ value: fields.get('message') ?? '', most: longestMessage },
  hint: 'For example, where you saw the film. You can have it deleted later.',
})}
${tick({
  ...{ name: 'erase', label: 'Also delete for good the films that show me', problems },
  checked: fields.has('erase'),
  hint: 'Two moderators have to agree, since nothing brings them back. Nobody sees them meanwhile.',
})}
<p><button type="submit">Opt out</button></p>
</form>`;
}

export function objectionAsked(fields: URLSearchParams): Asked {
  const named = nameIn(fields);
  if ('problem' in named) return { problems: new Map([['name', named.problem]]) };
  const message = wordsIn(fields, 'message', longestMessage);
  return { asking: { kind: 'objection', name: named.name, message, erase: fields.has('erase') } };
}
