import type { MiddlewareHandler } from 'hono';

/** What a page may do in a browser: show what stands in it and comes from here, and nothing else. `media` are further origins that pictures and films may
 * come from. */
export function policyOf(media: readonly string[] = []): string {
  const from = ["'self'", ...media].join(' ');
  return [
    "default-src 'none'",
    `img-src ${from}`,
    `media-src ${from}`,
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of every answer: kept by no cache, found by no search engine, in no frame, and no address told to others. */
export const manners: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  const set = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  set('cache-control', 'private, no-store');
  set('content-security-policy', policyOf());
  set('cross-origin-resource-policy', 'same-origin');
  set('referrer-policy', 'no-referrer');
  set('x-content-type-options', 'nosniff');
  set('x-robots-tag', 'noindex, nofollow');
};

/** For pages with forms: without any referrer a browser sends a form as of nowhere, and it could not be told from one of a page elsewhere. */
export const ownForms: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.set('referrer-policy', 'same-origin');
};
