import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

type Html = ReturnType<typeof html>;

/** A whole page around its content, which `html` has escaped. */
export function page(title: string, content: Html, frame: { top?: Html; foot?: Html } = {}): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
${frame.top ?? ''}<main id="content">
${content}
</main>
${frame.foot ?? ''}</body>
</html>
`;
}

/** A page for people who are shown in films, or might be: with the way to all of these pages. `here` is its own address. */
export function peoplePage(title: string, content: Html, here = ''): Html {
  const links = [
    ['/', 'Your say'],
    ['/opt-out', 'Opt out'],
    ['/consent', 'Give consent'],
  ].map(
    ([to, words]) =>
      html`<li><a href="${to}"${to === here ? html` aria-current="page"` : ''}>${words}</a></li>`,
  );
  return page(title, content, {
    top: html`<a class="skip" href="#content">Skip to the content</a>
<header><nav aria-label="Pages"><ul>${links}</ul></nav></header>
`,
    foot: html`<footer><p>No cookies, no scripts, no tracking. What you send is read by the people who moderate here, and by nobody else.</p></footer>
`,
  });
}

/** A page that says why something was not done. */
export function refusal(
  context: Context,
  status: ContentfulStatusCode,
  title: string,
  content: Html,
): Response | Promise<Response> {
  return context.html(peoplePage(title, html`<h1>${title}</h1>${content}`), status);
}

/** The one stylesheet. Every pair of colours has a contrast of 4.5 or more. */
export const style = `:root { color-scheme: light dark; --ink: #1c2128; --dim: #57606a; --ground: #fff; --code: #f3f4f6; --line: #7d8590; --accent: #0a58ca; --on: #fff; --bad: #b42318; --good: #1a6e35 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9aa5b1; --ground: #12161b; --code: #1d232b; --line: #7d8590; --accent: #8ab4f8; --on: #12161b; --bad: #ff9b93; --good: #7ee2a0 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem }
video, img, audio { display: block; width: 100%; max-height: 75vh; object-fit: contain; background: #000; border-radius: .5rem }
img { background: none }
audio { background: none; height: 3.5rem }
pre { background: var(--code); padding: .75rem 1rem; border-radius: .5rem; white-space: pre-wrap; font: .9rem/1.5 ui-monospace, monospace }
p.dim { color: var(--dim) }
a { color: var(--accent) }
a.button, button { display: inline-block; background: var(--accent); color: var(--on); border: 1px solid var(--accent); padding: .55rem 1.1rem; border-radius: .5rem; text-decoration: none; font: inherit; font-weight: 600; cursor: pointer }
:focus-visible { outline: .2rem solid var(--accent); outline-offset: .15rem }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem }
header, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem }
header { border-bottom: 1px solid var(--code) }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0; padding: 0 }
nav a { display: block; padding: .75rem 0; text-decoration: none }
nav a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -.15rem var(--accent) }
footer { color: var(--dim); font-size: .9rem; padding-bottom: 2rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
header ~ main { max-width: 42rem }
header ~ main h1 { font-size: 1.7rem }
header, footer { max-width: 42rem }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; margin: 1.5rem 0 }
.card { background: var(--code); border-radius: .75rem; padding: 1rem 1.25rem 1.25rem }
.card h2 { margin-top: 0 }
.field, fieldset { margin: 0 0 1.4rem; padding: 0; border: 0; min-width: 0 }
label, legend { font-weight: 600; padding: 0 }
.hint { color: var(--dim); margin: .1rem 0 .4rem }
.problem { color: var(--bad); font-weight: 600; margin: .1rem 0 .4rem }
.problem::before { content: "\\26a0\\fe0e  " / "" }
input:not([type=checkbox]), textarea { display: block; width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .4rem; padding: .55rem .7rem; margin-top: .3rem }
input[type=date] { width: auto; min-width: 11rem }
[aria-invalid]:not([type=checkbox]) { border: 2px solid var(--bad) }
.tick { display: grid; grid-template-columns: 2rem 1fr; align-items: start }
.tick input { width: 1.25rem; height: 1.25rem; margin: .15rem 0 0; accent-color: var(--accent) }
.tick p { grid-column: 2 }
fieldset .tick { margin-bottom: .5rem }
fieldset .tick label { font-weight: 400 }
.problems { border: 2px solid var(--bad); border-radius: .5rem; padding: .25rem 1.25rem; margin: 0 0 1.5rem }
.problems h2 { margin: .75rem 0 0 }
.problems a { color: var(--bad) }
.state { border-left: .3rem solid var(--accent); background: var(--code); border-radius: 0 .5rem .5rem 0; padding: .75rem 1.25rem; margin: 0 0 1.5rem }
.state.good { border-color: var(--good) }
.state.bad { border-color: var(--bad) }
.state p { margin: .25rem 0 }
.secret { background: var(--code); border: 2px dashed var(--line); border-radius: .5rem; padding: .75rem 1rem; font: .95rem/1.5 ui-monospace, monospace }
dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .25rem 1rem; margin: 1rem 0 }
dt { color: var(--dim) }
dd { margin: 0; min-width: 0 }
details { border-top: 1px solid var(--code); padding: .25rem 0 }
summary { cursor: pointer; font-weight: 600; padding: .5rem 0; color: var(--accent) }
button.plain { background: none; color: var(--accent) }
blockquote { margin: .5rem 0; padding: 0 0 0 1rem; border-left: .2rem solid var(--line); white-space: pre-wrap }
`;
