import { headersIn } from '../traces/headers.ts';
import { secretNames } from './blotted.ts';

/** Shorter ones would blot out ordinary words. */
const leastCharacters = 6;

/** The secrets of an environment: values under telling names, what the headers of traces hold, and passwords in URLs. A password that is the user's or the database's name
 * is no secret, and a log without that word no log. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  const found = Object.entries(env).flatMap(([name, value = '']) => [
    ...(secretNames.test(name) && !URL.canParse(value)
      ? [value.trim(), value.trim().replace(/^whsec_/, '')]
      : []),
    ...(name === 'OTEL_EXPORTER_OTLP_HEADERS' ? Object.values(headersIn(value) ?? {}) : []),
    ...passwordOf(value),
  ]);
  return [...new Set(found)].filter((each) => each.length >= leastCharacters);
}

function passwordOf(value: string): string[] {
  if (!value.includes('://') || !URL.canParse(value)) return [];
  const { password, username, hostname, pathname } = new URL(value);
  const plain = decoded(password);
  const known = [decoded(username), hostname, decoded(pathname).slice(1)];
  return password === '' || known.includes(plain) ? [] : [password, plain];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
