import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { mediaType } from '../../../dsl/media-type.ts';
import { type Linked, openLink } from '../../../engine/delivery/links.ts';
import { Failure } from '../../../engine/failure.ts';
import { showFacts } from '../../value.ts';
import { answerFile } from '../file-answer.ts';
import { policyOf } from '../manners.ts';
import { nowhere, wantsPage } from '../nowhere.ts';
import { page } from '../page.ts';
import type { WebParts } from '../web.ts';

/** Seconds that an address of the store itself can be used. */
const addressLife = 300;

/** /films/:token: a page about a film for a browser that asks for one, its bytes for everybody else, `?save` as a file to be kept. Whether it
 * may still be seen is asked of the rows and of the gate at every fetch; a token that is wrong, over, or taken back is answered alike. */
export function addFilms(app: Hono, parts: WebParts): void {
  app.get('/films/:token', async (context) => {
    const token = context.req.param('token');
    const linked = await openLink(parts.store, token);
    if (linked === null) return nowhere(context, parts);
    const save = context.req.query('save') !== undefined;
    const bytes = save || context.req.query('play') !== undefined;
    context.header('vary', 'accept');
    try {
      return await (bytes || !wantsPage(context)
        ? filmOf(context, parts, linked, save ? 'attachment' : 'inline')
        : filmPage(context, parts, linked, token));
    } catch (error) {
      if (error instanceof Failure && error.code === 'PQL546') return nowhere(context, parts);
      if (error instanceof Failure && unsigned.has(error.code)) return notYet(context, parts, error);
      throw error;
    }
  });
}

/** What signs is out of order: its certificate has ended, say. */
const unsigned: ReadonlySet<string> = new Set(['PQL626', 'PQL627']);

/** The film is kept, and the link leads to it again once whoever runs this has seen to it; what is wrong is theirs to know. */
function notYet(context: Context, { log }: WebParts, error: Failure): Response | Promise<Response> {
  log.write('error', `a film behind a link cannot be signed: ${error.message}`, { todo: error.hint }, error);
  context.header('retry-after', '3600');
  const words =
    'This film is kept, and cannot be given out at the moment: whoever runs this service has to renew what signs it first. The link stays as it is.';
  if (!wantsPage(context)) return context.text(`${words}\n`, 503);
  return context.html(page('Not at the moment', html`<h1>Not at the moment</h1><p>${words}</p>`), 503);
}

async function filmOf(
  context: Context,
  parts: WebParts,
  linked: Linked,
  disposition: 'inline' | 'attachment',
): Promise<Response> {
  const { artifacts } = parts;
  const { name, facts } = linked;
  const { hash, bytes } = await leaving(parts, linked);
  const address = await artifacts.address?.(hash, addressLife, name);
  if (address) return context.redirect(address, 302);
  const file = {
    path: await artifacts.path(hash),
    name,
    bytes,
    type: mediaType(facts),
    tag: hash.slice(0, 32),
  };
  return answerFile(context.req.raw, file, disposition);
}

/** The bytes as they leave: with their credentials, where they can carry them. */
async function leaving({ leave, scratch }: WebParts, { workspace, hash, facts, bytes }: Linked) {
  return (await leave?.(workspace, { hash, facts }, { scratch })) ?? { hash, bytes };
}

async function filmPage(context: Context, parts: WebParts, linked: Linked, token: string): Promise<Response> {
  const { artifacts } = parts;
  const { name, id, facts, recipe, expiresAt } = linked;
  const { hash } = await leaving(parts, linked);
  // Where the store itself gives the bytes, the page has to be allowed to show them.
  const address = await artifacts.address?.(hash, addressLife, name);
  if (address) context.header('content-security-policy', policyOf([new URL(address).origin]));
  const play = `/films/${token}?play`;
  const shown = {
    video: html`<video controls playsinline preload="metadata" src="${play}"></video>`,
    audio: html`<audio controls preload="metadata" src="${play}"></audio>`,
    image: html`<img src="${play}" alt="${name}">`,
    text: html``,
  }[facts.kind];
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return context.html(
    page(
      name,
      html`<h1>${name}</h1>
${shown}
<p>${showFacts(facts)} · ${id}</p>
${recipe === null ? '' : html`<pre>${recipe}</pre>`}
<p><a class="button" href="/films/${token}?save" download="${name}">Download</a></p>
<p class="dim">Whoever has this link can see it until ${until}. Is it you who is shown? <a href="/">You have a say.</a></p>`,
    ),
  );
}
