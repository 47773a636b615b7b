import { Failure } from '../failure.ts';

/** What the disk said, in words for the asker; `doing` completes "while …". Failures and aborts pass through, since they say enough. */
export function diskFailure(error: unknown, doing: string): Error {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  const words = wordsOf((error as NodeJS.ErrnoException).code);
  if (words === null) return error;
  const [kind, code, message, hint] = words;
  return new Failure(kind, code, `${message} while ${doing}`, { hint, cause: error });
}

type Words = [kind: 'permanent' | 'transient', code: string, message: string, hint: string];

function wordsOf(code: string | undefined): Words | null {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
    // PostgreSQL's disk_full, of the embedded database.
    case '53100':
      return ['permanent', 'PQL620', 'the disk is full', 'free some space, then RETRY'];
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return ['permanent', 'PQL621', 'the folder cannot be written', 'make it writable, then RETRY'];
    case 'ENAMETOOLONG':
      return ['permanent', 'PQL622', 'the name is too long for this disk', 'choose a shorter name'];
    case 'EIO':
      return [
        'permanent',
        'PQL623',
        'the disk reports an error',
        'check the disk; pql doctor says where it is',
      ];
    case 'EMFILE':
    case 'ENFILE':
      return ['transient', 'PQL624', 'too many files are open', 'it is tried again by itself'];
    default:
      return null;
  }
}
