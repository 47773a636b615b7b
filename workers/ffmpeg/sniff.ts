/** What the first bytes of a file say it is. */
export type Sniffed =
  | { is: 'picture'; container: 'png' | 'jpeg' | 'webp' }
  | { is: 'playlist' }
  | { is: 'drawing' }
  | { is: 'text' }
  | { is: 'other' };

/** Looks at the beginning of a file; a name proves nothing. Pictures are recognised here so that nothing else reaches the picture
 * library: an SVG opened by it reads files beside it. */
export function sniff(head: Buffer): Sniffed {
  if (head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')))
    return { is: 'picture', container: 'png' };
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return { is: 'picture', container: 'jpeg' };
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP')
    return { is: 'picture', container: 'webp' };
  const text = asText(head);
  if (text === null) return { is: 'other' };
  if (/^\s*(#EXTM3U|ffconcat|<\?xml[^>]*>\s*<MPD|<MPD|\[playlist\])/i.test(text)) return { is: 'playlist' };
  if (/^\s*file\s+\S/i.test(text) && /^\s*file\s/im.test(text)) return { is: 'playlist' };
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(text))
    return { is: 'drawing' };
  return { is: 'text' };
}

/** UTF-8 without control characters; the last character may be cut off. Null for anything else. */
function asText(head: Buffer): string | null {
  if (head.includes(0)) return null;
  const text = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false }).decode(head, { stream: true });
  const strange = [...text].filter(
    (char) => char === '\ufffd' || (char < ' ' && !'\t\n\r\f'.includes(char)),
  ).length;
  return strange === 0 ? text : null;
}
