import { Failure, type FailureKind } from '../../engine/failure.ts';

interface Saying {
  when: RegExp;
  kind: FailureKind;
  code: string;
  message: string;
  hint: string;
}

/** What ffmpeg's own words mean for the asker, first match wins. */
const sayings: readonly Saying[] = [
  {
    when: /No space left on device|File too large|Disk quota exceeded/i,
    kind: 'transient',
    code: 'PQL631',
    message: 'no space is left on the disk',
    hint: 'free some space (pql doctor shows how much is left), then RETRY',
  },
  {
    when: /Cannot allocate memory|Failed to allocate|out of memory/i,
    kind: 'transient',
    code: 'PQL632',
    message: 'ffmpeg ran out of memory',
    hint: 'close other programs or ask for a smaller size, then RETRY',
  },
  {
    when: /Error opening input[^\n]*No such file or directory/i,
    kind: 'permanent',
    code: 'PQL636',
    message: 'an input file is gone',
    hint: 'pql doctor checks the store; RETRY makes it again',
  },
  {
    when: /not on whitelist|Protocol not found|format_whitelist/i,
    kind: 'user',
    code: 'PQL432',
    message: 'the file is no media container, or one that points to other files',
    hint: 'give the clip itself: mp4, mov, mkv, webm, avi, mpg, ts, gif, wav, mp3, flac',
  },
  {
    when: /moov atom not found/i,
    kind: 'user',
    code: 'PQL433',
    message: 'the file is cut short: its index (moov) is missing',
    hint: 'copy or download the file again',
  },
  {
    when: /exceeds? (specified )?max pixel count|Picture size \d+x\d+ is invalid|Invalid frame dimensions/i,
    kind: 'user',
    code: 'PQL435',
    message: 'the picture is larger than 8192×8192 pixels in area',
    hint: 'make it smaller before you give it',
  },
  {
    when: /Unknown encoder|Encoder not found|No such filter|Unrecognized option|Option '?.*'? not found|Unknown decoder/i,
    kind: 'permanent',
    code: 'PQL634',
    message: 'this ffmpeg lacks a part that is needed',
    hint: 'pql doctor shows which; set FFMPEG_PATH to a complete ffmpeg 5 or newer',
  },
  {
    when: /Invalid data found when processing input|could not find codec parameters|End of file|Error opening input/i,
    kind: 'user',
    code: 'PQL433',
    message: 'the file is damaged or is no media file',
    hint: 'check that it plays, or copy it again',
  },
];

/** The Failure that a program's last words on stderr, exit code and signal amount to. `doing` is what was tried: `joining clips`. */
export function failureFromFfmpeg(
  doing: string,
  ending: { code: number | null; signal: NodeJS.Signals | null },
  stderr: string,
): Failure {
  const cause = new Error(
    `exit ${ending.code ?? '-'} signal ${ending.signal ?? '-'}: ${stderr.slice(-4000)}`,
  );
  // RLIMIT_FSIZE ends a program with SIGXFSZ where a full disk gives ENOSPC: the same news for the asker.
  const told = ending.signal === 'SIGXFSZ' ? 'File too large' : stderr;
  const saying = sayings.find(({ when }) => when.test(told));
  if (ending.signal !== null && ending.signal !== 'SIGXFSZ')
    return new Failure('transient', 'PQL630', `ffmpeg was killed (${ending.signal}) while ${doing}`, {
      hint: 'it is tried again; if it happens often the machine may be short of memory',
      cause,
    });
  if (saying)
    return new Failure(saying.kind, saying.code, `${doing}: ${saying.message}`, { hint: saying.hint, cause });
  if (ending.code === 127 || ending.code === 126)
    return new Failure('permanent', 'PQL634', 'ffmpeg cannot be started', {
      hint: 'pql doctor shows which ffmpeg is used and why',
      cause,
    });
  return new Failure('permanent', 'PQL633', `ffmpeg failed while ${doing}`, {
    hint: 'the log has its last words',
    cause,
  });
}

/** Said when a program ended well but its file is not what was asked for. */
export function notWhatWasAsked(doing: string, what: string): Failure {
  return new Failure('transient', 'PQL635', `${doing}: ${what}`, {
    hint: 'it is tried again; the input may be damaged in the middle',
  });
}
