import { html } from 'hono/html';

/** A whole page around its content, which `html` has escaped. */
export function page(title: string, content: ReturnType<typeof html>): ReturnType<typeof html> {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

/** The one stylesheet. */
export const style = `:root { color-scheme: light dark; --ink: #1c2128; --dim: #57606a; --ground: #fff; --code: #f3f4f6; --accent: #0a58ca; --on: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9aa5b1; --ground: #12161b; --code: #1d232b; --accent: #8ab4f8; --on: #12161b } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere }
video, img, audio { display: block; width: 100%; max-height: 75vh; object-fit: contain; background: #000; border-radius: .5rem }
img { background: none }
audio { background: none; height: 3.5rem }
pre { background: var(--code); padding: .75rem 1rem; border-radius: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace }
p.dim { color: var(--dim) }
a { color: var(--accent) }
a.button { display: inline-block; background: var(--accent); color: var(--on); padding: .55rem 1.1rem; border-radius: .5rem; text-decoration: none; font-weight: 600 }
:focus-visible { outline: .2rem solid var(--accent); outline-offset: .15rem }
`;
