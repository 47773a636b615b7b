import { Failure } from '../failure.ts';

/** What an object store said, in words for whoever set it up; `doing` completes "while …". Failures and aborts pass through. */
export function s3Failure(error: unknown, where: string, doing: string): Error {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.name === 'AbortError') return error;
  const [kind, code, message, hint] = wordsOf(error, where);
  return new Failure(kind, code, `${message} while ${doing}`, { hint, cause: error });
}

/** Its name, or the system's code where no answer came. */
export function s3Code(error: unknown): string {
  const { name, code, Code } = error as { name?: string; code?: string; Code?: string };
  return [Code, code, name].find((each) => each !== undefined && each !== 'Error') ?? '';
}

export function s3Status(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** Of the ways in which a request is wrong, those that the same request may not be next time. */
const passing: ReadonlySet<string | number> = new Set([
  408,
  429,
  'BadDigest',
  'InvalidDigest',
  'XAmzContentChecksumMismatch',
  'XAmzContentSHA256Mismatch',
  'RequestTimeout',
]);

type Words = [kind: 'permanent' | 'transient', code: string, message: string, hint: string];

function wordsOf(error: Error, where: string): Words {
  const code = s3Code(error);
  const status = s3Status(error);
  if (code === 'NoSuchBucket')
    return ['permanent', 'PQL615', `there is no bucket of ${where}`, 'make it, or mend PQL_ARTIFACTS'];
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError')
    return [
      'permanent',
      'PQL615',
      `nobody says who we are to ${where}`,
      'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
    ];
  if (/Region/.test(error.message) && status === undefined)
    return ['permanent', 'PQL615', `nobody says in which region ${where} is`, 'set AWS_REGION'];
  if (code === 'RequestTimeTooSkewed')
    return ['permanent', 'PQL615', `${where} refuses the clock of this machine`, 'set the clock right'];
  if (status === 401 || status === 403)
    return [
      'permanent',
      'PQL615',
      `${where} does not let us in (${saying(code, status)})`,
      'give the key the rights to get, put, delete and list there, and to abort uploads; or set another one in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    ];
  if (status === 301 || status === 307 || code === 'PermanentRedirect')
    return ['permanent', 'PQL615', `${where} is in another region`, 'set AWS_REGION to its region'];
  if (status === 507 || code === 'QuotaExceeded' || code === 'XMinioStorageFull')
    return ['permanent', 'PQL620', `${where} is full`, 'free some space there, then RETRY'];
  if (status !== undefined && status >= 400 && status < 500 && !passing.has(code) && !passing.has(status))
    return [
      'permanent',
      'PQL615',
      `${where} refuses it (${saying(code, status)})`,
      'see PQL_ARTIFACTS and AWS_ENDPOINT_URL; pql doctor tries them',
    ];
  return [
    'transient',
    'PQL616',
    `${where} does not answer (${saying(code, status)})`,
    'it is tried again by itself; see AWS_ENDPOINT_URL and the network if it stays so',
  ];
}

/** An answer to HEAD has no body, and so no code. */
function saying(code: string, status: number | undefined): string {
  if (status === undefined) return code;
  return code === 'Unknown' || code === '' ? String(status) : `${code}, ${status}`;
}
