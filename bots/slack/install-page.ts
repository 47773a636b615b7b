import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** What stands on a page for whoever installs the app. */
export interface InstallPage {
  title: string;
  /** A paragraph each. */
  lines: readonly string[];
  list?: readonly string[];
  /** One thing to do. */
  link?: { url: string; words: string };
}

/** A page that needs nothing from elsewhere: the address that Slack sends people to may be no web site. */
export function installPage({ title, lines, list = [], link }: InstallPage): string {
  const items = list.map((item) => `<li>${inHtml(item)}</li>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${inHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${inHtml(title)}</h1>
${lines.map((line) => `<p>${inHtml(line)}</p>`).join('\n')}
${items === '' ? '' : `<ul>\n${items}\n</ul>\n`}${link === undefined ? '' : `<p><a class="button" href="${inHtml(link.url)}">${inHtml(link.words)}</a></p>\n`}</main>
</body>
</html>
`;
}

/** Sends a page. */
export function sendPage(response: ServerResponse, status: number, page: InstallPage): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(installPage(page));
}

/** Answers with what keeps a page to itself: nothing is loaded, framed or remembered, and nobody is told of its address, which holds a code once. */
export function guarded(response: ServerResponse): ServerResponse {
  for (const [name, value] of Object.entries(guards)) response.setHeader(name, value);
  return response;
}

const style = `body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1c2128; background: #fff }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.7rem; line-height: 1.25 }
a.button { display: inline-block; background: #0a58ca; color: #fff; padding: .55rem 1.1rem; border-radius: .5rem; text-decoration: none; font-weight: 600 }
a:focus-visible { outline: .2rem solid #0a58ca; outline-offset: .15rem }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #12161b } a.button { background: #8ab4f8; color: #12161b } }
`;

const guards = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

function inHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
