/** Why a path after TO can never be written, and what to do; pure, so that nothing of it ever touches a disk. */
export interface DestinationProblem {
  message: string;
  hint: string;
}

/** Longest file name on the file systems that matter, in bytes; longest path that PQL takes, in characters. */
const limits = { name: 255, path: 300 };

/** Looks only at the shape of the path: it has to stay below the export root and be a plain file name everywhere. */
export function destinationProblem(path: string): DestinationProblem | null {
  const stay = 'write a path below the export folder such as out/film.mp4';
  if (path.trim() === '') return { message: 'the path is empty', hint: stay };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(path)) {
    return { message: 'the path has control characters in it', hint: 'use letters, digits, - and _' };
  }
  if (/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(path) || !path.isWellFormed()) {
    return { message: 'the path has characters in it that cannot be seen', hint: 'type the path again' };
  }
  if (path.length > limits.path)
    return { message: `the path is longer than ${limits.path} characters`, hint: 'choose a shorter one' };
  if (path.includes('\\')) return { message: 'folders are separated by /', hint: stay };
  if (/^[a-z]:/i.test(path) || path.startsWith('/') || path.startsWith('~')) {
    return { message: 'the path leaves the export folder', hint: stay };
  }
  if (path.includes(':') || path.includes('|')) {
    return { message: 'the path looks like a protocol of ffmpeg, not like a file', hint: stay };
  }
  const parts = path.split('/');
  if (parts.includes('..')) return { message: 'the path leaves the export folder', hint: stay };
  if (parts.some((part) => part === '' || part === '.'))
    return { message: 'the path has an empty part', hint: stay };
  if (parts.some((part) => part.startsWith('-'))) {
    return {
      message: 'a name that begins with - looks like an option',
      hint: 'begin the name with a letter or digit',
    };
  }
  if (parts.some((part) => part.startsWith('.'))) {
    return {
      message: 'a name that begins with a dot is hidden',
      hint: 'begin the name with a letter or digit',
    };
  }
  if (parts.some((part) => part !== part.trim() || part.endsWith('.'))) {
    return { message: 'a name begins or ends with a space, or ends with a dot', hint: 'leave that out' };
  }
  if (parts.some((part) => utf8Length(part) > limits.name)) {
    return {
      message: `a name in the path is longer than ${limits.name} bytes`,
      hint: 'choose a shorter one',
    };
  }
  return null;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
