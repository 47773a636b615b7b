/** What the tokens are that have no fixed spelling, for readers of the grammar: names as the productions use them.
 * No question marks, which end such a description in EBNF. */
export const lexical: readonly (readonly [name: string, says: string])[] = [
  [
    'name',
    'letters of any script, digits, _ and inner hyphens, not starting with a digit: intro, v12, teal-orange; _ is the last result',
  ],
  ['word', 'as a name; words mean the same in capitals and small letters'],
  [
    'dotted name',
    'names joined by dots: crawler.delay; with the ending of a media file it is a path: intro.mp4',
  ],
  ['text', String.raw`"…" or '…' on one line, with the escapes \" \' \\ \n \t \u{1F30A}`],
  [
    'path',
    'out/harbour.mp4, ../x, /etc/x, ~/x: no white space and none of ; | , ( ) [ ] = +, question marks and quotes',
  ],
  [
    'url',
    'https://example.com/film.mp4: up to white space, a quote, ; | [ ] or a parenthesis that it did not open',
  ],
  ['mention', '@U123, #alerts'],
  [
    'number',
    '4, +0.3, 1e3; with a unit 8s, 250ms, 1m30s, 30d, 2x, 24fps, 35mm, 5600K, -14LUFS, -3dB, 40%, 5km; 00:01:30.5, 1/48s, f/2.8, 1920x1080, 16:9, 52.37,4.89, 2027-01-31',
  ],
  ['comment', '-- to the end of the line; like white space it may stand between any two tokens'],
];
