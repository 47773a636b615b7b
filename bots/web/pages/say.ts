import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { askPublicly, type PublicAsking } from '../../../engine/consent/public/ask.ts';
import { isSecret, newSecret } from '../../../engine/consent/public/secret.ts';
import { consentAsked, consentForm } from '../forms/consent.ts';
import type { Html, Problems } from '../forms/fields.ts';
import { objectionAsked, objectionForm } from '../forms/objection.ts';
import { sentForm } from '../forms/sent-form.ts';
import { ownForms } from '../manners.ts';
import { peoplePage, refusal } from '../page.ts';
import type { WebParts } from '../web.ts';

/** What a form comes to: what is asked, or what is wrong with it. */
export type Asked = { asking: PublicAsking } | { problems: Problems };

interface SayPage {
  title: string;
  form(fields: URLSearchParams, problems: Problems): Html;
  asked(fields: URLSearchParams, now: Date): Asked;
}

const pages: Readonly<Record<string, SayPage>> = {
  '/opt-out': { title: 'Opt out', form: objectionForm, asked: objectionAsked },
  '/consent': { title: 'Give consent', form: consentForm, asked: consentAsked },
};

/** Where people who are shown in films, or might be, have their say: / leads to /opt-out and /consent, whose answer is the receipt. */
export function addSay(app: Hono, parts: WebParts): void {
  app.get('/', (context) => context.html(peoplePage('Your say in films', start, '/')));
  for (const [path, { title, form, asked }] of Object.entries(pages)) {
    app.use(path, ownForms);
    const show = (fields: URLSearchParams, problems: Problems) =>
      peoplePage(problems.size === 0 ? title : `Error: ${title}`, form(fields, problems), path);
    // Made with the form, so that a form that is sent twice asks once and has its receipt again.
    app.get(path, (context) => context.html(show(new URLSearchParams({ secret: newSecret() }), new Map())));
    app.post(path, async (context) => {
      const sent = await sentForm(context, parts);
      if ('answer' in sent) return sent.answer;
      const { fields } = sent;
      if (!isSecret(fields.get('secret') ?? '')) fields.set('secret', newSecret());
      const result = asked(fields, parts.now());
      if ('problems' in result) return context.html(show(fields, result.problems), 422);
      return take(context, parts, path, fields.get('secret')!, result.asking);
    });
  }
}

async function take(
  context: Context,
  parts: WebParts,
  path: string,
  secret: string,
  asking: PublicAsking,
): Promise<Response> {
  if (!(await askPublicly(parts.store, parts.workspace, secret, asking)))
    return refusal(
      context,
      409,
      'This form was sent before',
      html`<p>It asked for something else then. <a href="${path}">Open a new form</a> for another request.</p>`,
    );
  if (asking.kind === 'objection') parts.optedOut();
  return context.html(peoplePage('Your receipt', receipt(secretLink(context, parts, secret), asking)));
}

/** How people reach the page of a request. */
export function secretLink(context: Context, { publicUrl }: WebParts, secret: string): string {
  return `${publicUrl ?? new URL(context.req.url).origin}/requests/${secret}`;
}

const start = html`<h1>Your say in films</h1>
<p>Films are made here by machines, from sentences. You decide whether they may show you.</p>
<div class="cards">
<section class="card"><h2>I do not want to be shown</h2>
<p>Films that name you stop, and those that were made can be seen no more. You need no account and give no reason.</p>
<p><a class="button" href="/opt-out">Opt out</a></p></section>
<section class="card"><h2>I agree to be shown</h2>
<p>You say for what and until when. Two people check that it is you. You can take it back at any time.</p>
<p><a class="button" href="/consent">Give consent</a></p></section>
</div>
<h2>You asked before?</h2>
<p>Open the secret link that you saved. There you see how far it is, appeal, add evidence, or have deleted what you sent. Who has lost the link asks anew.</p>
<h2>What happens to what you send</h2>
<p>Moderators read it to decide, and for nothing else. Your words and your evidence are deleted when you say so on the page behind your link. Your name stays with the
request, since it is what keeps you out of films; so does a record of each decision, which nobody can change.</p>`;

function receipt(link: string, { kind, name }: PublicAsking): Html {
  return html`<h1>Received</h1>
<div class="state good"><p>${kind === 'objection' ? html`You asked that nobody called <strong><bdi>${name}</bdi></strong> be shown.` : html`You asked that <strong><bdi>${name}</bdi></strong> may be shown.`}</p></div>
<h2>Save this secret link now</h2>
<p>It is your receipt, and the only way back to your request. We have no address to write to and cannot send it again. Whoever has it can do what you can: keep it to yourself.</p>
<p class="secret" id="secret">${link}</p>
<p>Copy it into a note or a password manager, write it down, or print this page.</p>
<p><a class="button" href="${new URL(link).pathname}">Go to your request</a></p>
<h2>What happens next</h2>
<p>${
    kind === 'objection'
      ? 'Moderators look at it within three days. Your request says how far it is.'
      : 'Add what shows that it is you, on the page of your request: nobody can agree without it. Then two moderators look at it within seven days.'
  }</p>`;
}
