import { lexical } from './productions/lexical.ts';
import type { Production, Shape } from './productions/shape.ts';
import { box, either, escapeXml, inRow, repeated, skippable, type Track } from './railroad/track.ts';

/** The grammar as railroad diagrams: one HTML page that needs no network and no script. */
export function diagrams(productions: readonly Production[]): string {
  const known = new Set([...productions.map(({ name }) => name), ...lexical.map(([name]) => name)]);
  const rules = productions.map((production) => section(production, known));
  const tokens = lexical.map(
    ([name, says]) => `<dt id="${id(name)}">${escapeXml(name)}</dt><dd>${escapeXml(says)}</dd>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>The grammar of PQL</title>',
    `<style>${style}</style></head><body>`,
    '<h1>The grammar of PQL</h1>',
    '<p>Round boxes are written as they stand, in capitals or small letters; square ones are explained under their name. Generated from the parser.</p>',
    ...rules,
    '<h2>Words, numbers and signs</h2>',
    `<dl>${tokens.join('\n')}</dl>`,
    '</body></html>',
    '',
  ].join('\n');
}

const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c2733;background:#fff}' +
  'h2{font-size:1rem;margin:1.6rem 0 .3rem}.scroll{overflow-x:auto}svg{display:block}' +
  'path{fill:none;stroke:#5b6b7b;stroke-width:1.6}rect{stroke:#5b6b7b;stroke-width:1.4}' +
  '.token{fill:#fff3d6}.rule{fill:#e3eefb}text{font:13px ui-monospace,monospace;text-anchor:middle;fill:#1c2733}' +
  '.words{line-height:2.2}.words span{font:13px ui-monospace,monospace;background:#fff3d6;border:1.4px solid #5b6b7b;border-radius:12px;padding:.2rem .6rem}' +
  'a:hover .rule{fill:#c9dff7}dt{font-family:ui-monospace,monospace;margin-top:.5rem}dd{margin-left:1.5rem}';

/** More words than this to choose from are shown side by side: a track of them would be taller than the screen. */
const mostBranches = 10;

function section({ name, body }: Production, known: ReadonlySet<string>): string {
  const heading = `<h2 id="${id(name)}">${escapeXml(name)}</h2>`;
  if (body.kind === 'choice' && body.items.length > mostBranches) {
    const words = body.items.flatMap((item) => (item.kind === 'terminal' ? [item.text] : []));
    if (words.length === body.items.length)
      return `${heading}<p class="words">one of ${words.map((word) => `<span>${escapeXml(word)}</span>`).join(' ')}</p>`;
  }
  const drawn = track(body, known);
  const [margin, stub] = [8, 14];
  const [width, height] = [drawn.width + 2 * (margin + stub), drawn.up + drawn.down + 2 * margin];
  const y = margin + drawn.up;
  const [left, right] = [margin + stub, margin + stub + drawn.width];
  const ends = `<path d="M${margin} ${y - 6}v12M${margin} ${y}H${left}M${right} ${y}H${right + stub}M${right + stub} ${y - 6}v12"/>`;
  const svg = `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(name)}">${ends}${drawn.draw(left, y)}</svg>`;
  return `${heading}<div class="scroll">${svg}</div>`;
}

function track(shape: Shape, known: ReadonlySet<string>): Track {
  switch (shape.kind) {
    case 'terminal':
      return box(shape.text, false);
    case 'rule':
      return box(shape.name, known.has(shape.name));
    case 'sequence':
      return inRow(shape.items.map((item) => track(item, known)));
    case 'choice':
      return either(shape.items.map((item) => track(item, known)));
    case 'optional':
      return skippable(track(shape.item, known));
    case 'many':
      return repeated(track(shape.item, known));
  }
}

function id(name: string): string {
  return name.replaceAll(' ', '-');
}
