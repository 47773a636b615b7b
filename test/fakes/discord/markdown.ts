/** What Discord makes of a text: what is seen, and everything in it that is more than text. */
export interface Rendered {
  /** As seen: without markup, and without what has no width. */
  text: string;
  /** `mention <@1>`, `link https://…`, `masked https://…`, `everyone`, `emoji`, `time`. */
  marks: string[];
  /** What stands in code blocks. */
  blocks: string[];
  /** Bold, italic, headings, lists, quotes, spoilers: by the letters that made them. */
  styles: string[];
}

type Rule = [pattern: RegExp, take: (match: RegExpExecArray, out: Rendered) => string, lineStart?: true];

/** The order is Discord's: what comes first wins. https://support.discord.com/hc/articles/210298617 */
const rules: Rule[] = [
  [
    /^```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```/i,
    (match, out) => {
      out.blocks.push(match[2]!);
      return match[2]!;
    },
  ],
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, (match) => match[2]!],
  [/^\\([^0-9A-Za-z\s])/, (match) => match[1]!],
  [/^#{1,3} +/, styled, true],
  [/^-# +/, styled, true],
  [/^(?:>>> |> )/, styled, true],
  [/^ *(?:[-*]|\d+\.) +/, styled, true],
  [/^<@[!&]?(\d+)>/, (match, out) => marked(`mention ${match[0]}`, match[0], out)],
  [/^<#(\d+)>/, (match, out) => marked(`mention ${match[0]}`, match[0], out)],
  [/^<\/[^:>]+:\d+>/, (match, out) => marked(`mention ${match[0]}`, match[0], out)],
  [/^<a?:\w+:\d+>/, (match, out) => marked('emoji', match[0], out)],
  [/^<t:-?\d+(?::\w)?>/, (match, out) => marked('time', match[0], out)],
  [/^<(https?:\/\/[^ >]+)>/, (match, out) => marked(`link ${match[1]}`, match[1]!, out)],
  [
    /^\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?[^)]*\)/,
    (match, out) => marked(`masked ${match[2]}`, match[1]!, out),
  ],
  [/^https?:\/\/[^\s<]+[^<.,:;"')\]\s]/, (match, out) => marked(`link ${match[0]}`, match[0], out)],
  [/^@(?:everyone|here)/, (match, out) => marked('everyone', match[0], out)],
  [/^(?:\*\*|__|~~|\|\|)(?=[^\s])/, styled],
  [/^(?:\*|_)(?=[^\s*_])/, styled],
];

export function renderMarkdown(source: string): Rendered {
  const out: Rendered = { text: '', marks: [], blocks: [], styles: [] };
  let lineStart = true;
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at);
    const found = rules
      .filter(([, , onlyAtStart]) => !onlyAtStart || lineStart)
      .map(([pattern, take]) => ({ match: pattern.exec(rest), take }))
      .find(({ match }) => match !== null);
    const taken = found?.match?.[0] ?? rest[0]!;
    out.text += found ? found.take(found.match!, out) : taken;
    at += taken.length;
    lineStart = taken.endsWith('\n') || (lineStart && found !== undefined && /^(?:#|-#|>)/.test(taken));
  }
  out.text = out.text.replace(/[\u200b\u2060]/g, '');
  return out;
}

function styled(match: RegExpExecArray, out: Rendered): string {
  out.styles.push(match[0].trim());
  return '';
}

function marked(mark: string, text: string, out: Rendered): string {
  out.marks.push(mark);
  return text;
}
