import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { appeal } from '../../../engine/consent/public/appeal.ts';
import { clearSent, eraseToo, mayErase } from '../../../engine/consent/public/clear.ts';
import { largestSent, mayAddEvidence } from '../../../engine/consent/public/evidence.ts';
import { type FollowedRequest, followRequest } from '../../../engine/consent/public/follow.ts';
import { area, file, type Html, type Problems, problemList, tick } from '../forms/fields.ts';
import { longestMessage, wordsIn } from '../forms/name.ts';
import { sentForm } from '../forms/sent-form.ts';
import { ownForms } from '../manners.ts';
import { nowhere } from '../nowhere.ts';
import { peoplePage } from '../page.ts';
import type { WebParts } from '../web.ts';
import { inWords, told } from './request-words.ts';

const none: Problems = new Map();

/** What can be done with a request; returns what is wrong with the form, or null when it is done (or was before). */
const actions: Readonly<
  Record<string, (parts: WebParts, secret: string, fields: URLSearchParams) => Promise<Problems | null>>
> = {
  async appeal({ store }, secret, fields) {
    const words = wordsIn(fields, 'appeal', longestMessage);
    if (words === null) return new Map([['appeal', 'Write why it should be looked at again']]);
    await appeal(store, secret, words);
    return null;
  },
  async erase({ store }, secret) {
    await eraseToo(store, secret);
    return null;
  },
  async clear(parts, secret, fields) {
    if (!fields.has('sure')) return new Map([['sure', 'Confirm that you want it deleted']]);
    await clearSent(parts.store, secret);
    // What was made by a consent that ended is to be taken away.
    parts.optedOut();
    return null;
  },
};

/** /requests/:secret: how far a request is, and what whoever asked can do; forms below it. */
export function addRequests(app: Hono, parts: WebParts): void {
  app.use('/requests/*', ownForms);
  app.get('/requests/:secret', (context) => show(context, parts, none));
  for (const [name, act] of Object.entries(actions))
    app.post(`/requests/:secret/${name}`, async (context) => {
      const sent = await sentForm(context, parts);
      if ('answer' in sent) return sent.answer;
      const secret = context.req.param('secret');
      if ((await followRequest(parts.store, secret)) === null) return nowhere(context, parts, advice);
      const problems = await act(parts, secret, sent.fields);
      return problems === null
        ? context.redirect(`/requests/${secret}`, 303)
        : show(context, parts, problems, sent.fields);
    });
}

export const advice = 'If you lost your secret link, ask anew.';

/** The page of a request, or of none. */
export async function show(
  context: Context,
  parts: WebParts,
  problems: Problems,
  fields = new URLSearchParams(),
): Promise<Response> {
  const secret = context.req.param('secret')!;
  const followed = await followRequest(parts.store, secret);
  if (followed === null) return nowhere(context, parts, advice);
  const title = `Your request ${followed.id}`;
  return context.html(
    peoplePage(
      problems.size === 0 ? title : `Error: ${title}`,
      requestPage(followed, `/requests/${secret}`, problems, fields),
    ),
    problems.size === 0 ? 200 : 422,
  );
}

function requestPage(
  followed: FollowedRequest,
  at: string,
  problems: Problems,
  fields: URLSearchParams,
): Html {
  const { tone, state, next } = told(followed, inWords(followed.dueAt));
  return html`${problemList(problems)}
<h1>Your request ${followed.id}</h1>
<div class="state ${tone}"><p><strong>${state}</strong></p><p>${next}</p></div>
${followed.reason === null || followed.state !== 'denied' ? '' : html`<p>They wrote:</p><blockquote>${followed.reason}</blockquote>`}
${facts(followed)}
${evidencePart(followed, at, problems)}
${appealPart(followed, at, problems, fields)}
${erasePart(followed, at)}
${clearPart(followed, at, problems)}`;
}

function facts({ kind, said, askedAt, decidedAt, details, erasure, clearedAt }: FollowedRequest): Html {
  const rows: (readonly [string, Html | string | null])[] = [
    ['Name', html`<bdi>${said}</bdi>`],
    ['You asked', kind === 'objection' ? 'not to be shown' : `to be shown: ${details.uses?.join(' and ')}`],
    ['Not for', details.except?.join(', ') || null],
    ['Where', details.territory ?? null],
    ['Sent', inWords(askedAt)],
    ['Decided', decidedAt === null ? null : inWords(decidedAt)],
    [
      'Evidence',
      details.evidence === undefined ? null : html`received, SHA-256 <code>${details.evidence.sha256}</code>`,
    ],
    ['Deletion of films', erasure === null ? null : deletion[erasure]],
    ['What you sent', clearedAt === null ? null : `deleted on ${inWords(clearedAt)}`],
  ];
  const shown = rows.flatMap(([name, value]) =>
    value === null ? [] : [html`<dt>${name}</dt><dd>${value}</dd>`],
  );
  return html`<dl>${shown}</dl>`;
}

const deletion: Readonly<Record<FollowedRequest['state'], string>> = {
  open: 'asked for; two moderators have to agree',
  escalated: 'asked for; an admin has to agree',
  approved: 'done: nothing is left of them',
  denied: 'the moderators did not agree; they stay where nobody sees them',
  revoked: 'over',
  withdrawn: 'over, since you have not opted out',
};

function evidencePart(followed: FollowedRequest, at: string, problems: Problems): Html | '' {
  if (!mayAddEvidence(followed)) return '';
  return html`<h2>Add evidence${followed.kind === 'grant' ? '' : ' (optional)'}</h2>
<form method="post" action="${at}/evidence" enctype="multipart/form-data" novalidate>
${file({
  ...{ name: 'file', label: 'A file that shows that it is you', problems },
  accept: '.pdf,.jpg,.jpeg,.png,.webp',
  hint: `A PDF or a picture of at most ${largestSent / 1e6} MB: a signed paper, or a document on which you have blackened what nobody needs. One file, once; moderators read it, nobody else.`,
})}
<p><button type="submit">Send the file</button></p>
</form>`;
}

function appealPart(
  { state, appealedAt, clearedAt }: FollowedRequest,
  at: string,
  problems: Problems,
  fields: URLSearchParams,
): Html | '' {
  if (state !== 'denied' || appealedAt !== null || clearedAt !== null) return '';
  return html`<h2>Appeal</h2>
<form method="post" action="${at}/appeal" novalidate>
${area({
  ...{ name: 'appeal', label: 'Why it should be looked at again', most: longestMessage, problems },
  value: fields.get('appeal') ?? '',
})}
<p><button type="submit">Appeal</button></p>
</form>`;
}

function erasePart(followed: FollowedRequest, at: string): Html | '' {
  if (!mayErase(followed)) return '';
  return html`<details>
<summary>Delete for good the films that show me</summary>
<p>They cannot be seen already. Two moderators have to agree to delete them, since nothing brings them back.</p>
<form method="post" action="${at}/erase"><p><button class="plain" type="submit">Ask to delete them</button></p></form>
</details>`;
}

function clearPart({ kind, state, clearedAt }: FollowedRequest, at: string, problems: Problems): Html | '' {
  if (clearedAt !== null) return '';
  const ends = kind === 'grant' && (state === 'open' || state === 'escalated' || state === 'approved');
  const title = ends ? 'Take my consent back, and delete what I sent' : 'Delete what I sent';
  return html`<details${problems.has('sure') ? html` open` : ''}>
<summary>${title}</summary>
<p>Your words and your evidence are gone from our database at once. ${
    ends
      ? 'With them your consent ends: films that rest on it stop and cannot be seen any more.'
      : kind === 'objection' && state !== 'denied'
        ? 'Your name and this request stay, since they keep you out of films.'
        : 'Your name and this request stay.'
  } So does the record of each decision, and copies that a backup may hold until it is overwritten.</p>
<form method="post" action="${at}/clear" novalidate>
${tick({ name: 'sure', label: ends ? 'Yes, end it and delete' : 'Yes, delete it', problems })}
<p><button class="plain" type="submit">${title}</button></p>
</form>
</details>`;
}
