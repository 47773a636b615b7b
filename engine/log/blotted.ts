/** A text without the secrets that can be told by their form. Takes time in proportion to its length, whatever stands in it: each
 * repetition that may begin at many places has an end. */
export function blotted(text: string): string {
  let clean = text;
  for (const [form, instead] of forms) clean = clean.replace(form, instead);
  return clean;
}

/** Names under which secrets stand, in JSON as in the environment. */
export const secretNames =
  /secret|token|passw|pwd|authori[sz]ation|cookie|api.?key|access.?key|private.?key|consent.?key|credential|signature|^(?:database|redis).?url$/i;

/** `[secret]` stands for it; of a URL host and path remain. */
const forms: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g,
    '[secret]',
  ],
  // Up to the last @, since a password may hold one. Those of databases may hold / and # as well where nobody encoded them.
  [/\b(https?:\/\/)[^\s/?#"'<>\\]{1,500}@/gi, '$1[secret]@'],
  [/\b((?!https?:)[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>\\]{1,500}@/gi, '$1[secret]@'],
  // Signed links.
  [/(\bhttps?:\/\/[^\s?#"'<>\\]{0,2000})\?[^\s"'#<>\\]*/gi, '$1?[secret]'],
  [/(\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[^\s"'?#<>\\]+/gi, '$1[secret]'],
  [/(\bdiscord(?:app)?\.com\/api(?:\/v\d+)?\/(?:webhooks|interactions)\/)[^\s"'?#<>\\]+/gi, '$1[secret]'],
  // `Authorization: Bearer x`, `password=x`, `"token":"x"`, `?X-Amz-Signature=x`, and the same within quoted JSON.
  [/((?:authori[sz]ation|cookie)\\*["']?\s{0,5}[:=]\s{0,5})(?!\[secret\])[^\r\n]{1,2000}/gi, '$1[secret]'],
  [
    /((?:secret|token|passw(?:or)?d|passwd|pwd|api[-_]?key|access[-_]?key|private[-_]?key|credential|signature)[\w-]{0,40}\\*["']?\s{0,5}(?:[:=]|=>)\s{0,5})(?:\\*"(?:[^"\\]|\\.){1,2000}"?|'[^']{1,2000}'?|[^\s"',;&(){}[\]<>\\]{1,2000})/gi,
    '$1[secret]',
  ],
  [/\b(bearer|basic)\s{1,5}[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  // Webhook keys, Slack, AWS, package and code hosts, JSON web tokens, Discord bots.
  [/\bwhsec_[\w+/=-]+/g, '[secret]'],
  [/\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w.-]{8,}/g, '[secret]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [/\b(?:gh[a-z]_|github_pat_|npm_|glpat-|hf_|sk-)[\w-]{20,}/g, '[secret]'],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, '[secret]'],
  [/\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,45}\b/g, '[secret]'],
];
