import { Failure } from '../failure.ts';
import { RefusedConnection } from './connector.ts';
import type { RefusedUrl } from './url.ts';

/** A request that policy refuses: PQL510, and what would lift it. Names the host as the asker wrote it, never what it resolved to. */
export function refusedRequest(host: string, { problem, hint }: RefusedUrl): Failure {
  return new Failure('user', 'PQL510', `nothing is sent to ${host}: ${problem}`, { hint });
}

/** What went wrong on the way to `host`, in words; aborts and Failures pass through. */
export function requestFailure(error: unknown, host: string, port: string): Error {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof RefusedConnection)
    return refusedRequest(host, {
      problem: `it leads to an address that is ${error.why}`,
      hint: `an administrator can allow it: SET egress.allow "${host}${port === '' ? '' : `:${port}`}"`,
    });
  // undici's parser errors have a name and not always a code.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const [kind, pql, words] = wordsOf(code);
  return new Failure(kind, pql, `${host} ${words}`, { cause: error });
}

type Words = [kind: 'permanent' | 'transient', code: string, words: string];

function wordsOf(code: string): Words {
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/.test(code))
    return ['permanent', 'PQL662', 'does not prove who it is: its certificate is not valid for that name'];
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH')
    return ['permanent', 'PQL665', 'was sent a file that changed on the way'];
  if (code === 'ENOTFOUND' || code.startsWith('EAI_'))
    return ['transient', 'PQL661', 'cannot be found (the name does not resolve)'];
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return ['transient', 'PQL663', 'takes too long to answer'];
  if (/^(?:HPE_|HTTPParserError|UND_ERR_HEADERS_OVERFLOW|UND_ERR_INVALID)/.test(code))
    return ['permanent', 'PQL664', 'answers in a way that is not HTTP'];
  // Also what is left of a server that says no to a large file and hangs up without reading it.
  if (/^(?:EPIPE|ECONNRESET|UND_ERR_SOCKET)$/.test(code))
    return ['transient', 'PQL666', 'breaks the connection off in the middle'];
  return ['transient', 'PQL660', 'cannot be reached'];
}
