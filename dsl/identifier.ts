/** What a short id names: `v12` a video, `g7` a group. */
const letters: Readonly<Record<string, string>> = {
  v: 'a video',
  i: 'an image',
  a: 'a sound',
  t: 'a text',
  g: 'a group',
  j: 'a job',
  d: 'a dataset',
  m: 'a model',
  r: 'a consent request',
  s: 'a watch',
};

/** Takes a short id apart, or null where the text is a name. */
export function identifier(text: string): { letter: string; noun: string } | null {
  if (!/^[viatgjdmrs]\d{1,9}$/i.test(text)) return null;
  const letter = text[0]!.toLowerCase();
  return { letter, noun: letters[letter]! };
}
