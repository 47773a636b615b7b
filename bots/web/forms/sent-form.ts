import type { Context } from 'hono';
import { html } from 'hono/html';
import { refusal } from '../page.ts';
import type { WebParts } from '../web.ts';

/** Bytes of a form without files. */
const largestForm = 65_536;

/** What a form without files holds, or the answer to give instead: it came from a page elsewhere, is too large, or is one too many of this visitor. */
export async function sentForm(
  context: Context,
  parts: WebParts,
): Promise<{ fields: URLSearchParams } | { answer: Response | Promise<Response> }> {
  const turned = turnedAway(context, parts);
  if (turned !== null) return { answer: turned };
  const type = context.req.header('content-type') ?? '';
  const text = type.startsWith('application/x-www-form-urlencoded')
    ? await readUpTo(context.req.raw.body, largestForm)
    : null;
  if (text === null) return { answer: refusal(context, 413, 'This is more than the form holds', tooMuch) };
  return { fields: new URLSearchParams(text) };
}

const tooMuch = html`<p>Go back, and write less.</p>`;

/** Why nothing is taken from here at this moment, before a byte of it is read; null where it is. Counts. */
export function turnedAway(context: Context, parts: WebParts): Response | Promise<Response> | null {
  if (!isOwn(context.req.raw.headers, parts.publicUrl))
    return refusal(
      context,
      403,
      'This form was not sent from here',
      html`<p>What is sent has to come from a page of this site. Open the form here, and send it again.</p>`,
    );
  const wait = parts.forms.take(parts.visitor(context));
  if (wait === 0) return null;
  context.header('retry-after', String(wait));
  return refusal(
    context,
    429,
    'Too many forms from your address',
    html`<p>Nothing was lost. Wait ${Math.ceil(wait / 60)} min, and send it again.</p>`,
  );
}

/** Whether a form was sent by a page of this site. There is no cookie and no login that another page could abuse; but a page elsewhere could have
 * its visitors send forms in their name, from their addresses. Browsers say where a form comes from, in one of two ways; what says neither is none. */
function isOwn(headers: Headers, publicUrl: string | null): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  return origin === publicUrl || new URL(origin).host === headers.get('host');
}

async function readUpTo(body: ReadableStream<Uint8Array> | null, most: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
