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
      throw error;
    }
  });
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
