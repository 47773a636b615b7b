import type { Context } from 'hono';
import { html } from 'hono/html';
import { page } from './page.ts';
import type { WebParts } from './web.ts';

/** The answer to a secret address that leads nowhere, whatever the reason. Counted, since whoever asks for many of these is guessing. */
export function nowhere(
  context: Context,
  parts: Pick<WebParts, 'guesses' | 'visitor'>,
  advice = 'Ask in the chat for a new one.',
): Response | Promise<Response> {
  const wait = parts.guesses.take(parts.visitor(context));
  if (wait > 0) {
    context.header('retry-after', String(wait));
    return context.text('too many requests\n', 429);
  }
  const words = 'There is nothing here. The link may be mistyped, be over, or have been taken back.';
  if (!wantsPage(context)) return context.text(`${words}\n`, 404);
  return context.html(page('Nothing here', html`<h1>Nothing here</h1><p>${words} ${advice}</p>`), 404);
}

/** A browser that is led to a link says that it would rather have a page; players and programs do not. */
export function wantsPage(context: Context): boolean {
  return (
    /\btext\/html\b/.test(context.req.header('accept') ?? '') && context.req.header('range') === undefined
  );
}
