import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { addEvidence, evidenceType, largestSent } from '../../../engine/consent/public/evidence.ts';
import { linkMinutes, openEvidence, readEvidence } from '../../../engine/consent/public/evidence-link.ts';
import { followRequest } from '../../../engine/consent/public/follow.ts';
import { namedAs } from '../file-answer.ts';
import { openFileTaker } from '../forms/sent-file.ts';
import { turnedAway } from '../forms/sent-form.ts';
import { ownForms } from '../manners.ts';
import { nowhere } from '../nowhere.ts';
import { page, refusal } from '../page.ts';
import type { WebParts } from '../web.ts';
import { advice, show } from './requests.ts';

/** Evidence in, by whoever asked, and out, for moderators alone: never shown in a browser, which would run what is hidden in it. */
export function addEvidencePages(app: Hono, parts: WebParts): void {
  const take = openFileTaker(parts.scratch);
  app.post('/requests/:secret/evidence', async (context) => {
    const turned = turnedAway(context, parts);
    if (turned !== null) return turned;
    const secret = context.req.param('secret');
    if ((await followRequest(parts.store, secret)) === null) return nowhere(context, parts, advice);
    const sent = await take(context);
    const wrong = whatIsWrong(sent);
    if (wrong !== null) return show(context, parts, new Map([['file', wrong]]));
    if (await addEvidence(parts.store, secret, sent as Uint8Array))
      return context.redirect(`/requests/${secret}`, 303);
    return refusal(
      context,
      409,
      'This comes too late',
      html`<p>There is evidence already, or somebody has decided meanwhile. <a href="/requests/${secret}">Go to your request</a>.</p>`,
    );
  });
  app.use('/evidence/*', ownForms);
  app.get('/evidence/:secret', async (context) => {
    const found = await openEvidence(parts.store, context.req.param('secret'));
    if (found === null) return nowhere(context, parts, 'FIND REQUEST gives a new one.');
    const { request, name, sha256, bytes } = found;
    return context.html(
      page(
        `Evidence of ${request}`,
        html`<h1>Evidence of ${request}</h1>
<p>Somebody gave this to moderators, to decide on ${request}, and for nothing else. That you read it is written down. Open it as what a stranger sent you, and delete your copy
afterwards.</p>
<dl><dt>File</dt><dd>${name}, ${(bytes / 1e6).toFixed(1)} MB</dd><dt>SHA-256</dt><dd><code>${sha256}</code></dd></dl>
<form method="post" action="/evidence/${context.req.param('secret')}"><p><button type="submit">Download</button></p></form>
<p class="dim">The link was made for one moderator and is over after ${linkMinutes} minutes.</p>`,
      ),
    );
  });
  app.post('/evidence/:secret', async (context) => {
    const turned = turnedAway(context, parts);
    if (turned !== null) return turned;
    const secret = context.req.param('secret');
    const found = await openEvidence(parts.store, secret);
    const bytes = found === null ? null : await readEvidence(parts.store, secret);
    if (found === null || bytes === null) return nowhere(context, parts, 'FIND REQUEST gives a new one.');
    return download(context, found.name, bytes);
  });
}

function whatIsWrong(sent: Uint8Array | 'none' | 'too large'): string | null {
  if (sent === 'none') return 'Choose a file';
  if (sent === 'too large') return `Choose a file of at most ${largestSent / 1e6} MB`;
  return evidenceType(sent) === null ? 'Choose a PDF, or a picture as JPEG, PNG or WebP' : null;
}

function download(context: Context, name: string, bytes: Uint8Array): Response {
  return context.body(new Uint8Array(bytes), 200, {
    'content-type': evidenceType(bytes) ?? 'application/octet-stream',
    'content-disposition': `attachment; ${namedAs(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
  });
}
