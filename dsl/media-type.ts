import type { Facts } from './facts.ts';

/** Media types (RFC 6381, IANA) by container as ffprobe and we name them; the first name of a list such as `mov,mp4,m4a` that is known counts. */
const types: Readonly<Record<Facts['kind'], Readonly<Record<string, string>>>> = {
  video: {
    mp4: 'video/mp4',
    mov: 'video/mp4',
    webm: 'video/webm',
    matroska: 'video/x-matroska',
    avi: 'video/x-msvideo',
    mpeg: 'video/mpeg',
    mpegts: 'video/mp2t',
    ogg: 'video/ogg',
  },
  audio: {
    wav: 'audio/wav',
    mp3: 'audio/mpeg',
    flac: 'audio/flac',
    ogg: 'audio/ogg',
    aac: 'audio/aac',
    mp4: 'audio/mp4',
    m4a: 'audio/mp4',
    mov: 'audio/mp4',
    matroska: 'audio/x-matroska',
  },
  image: { png: 'image/png', jpeg: 'image/jpeg', jpg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' },
  text: {},
};

/** What an artifact is called in `Content-Type`. */
export function mediaType({ kind, container }: Facts): string {
  if (/^[a-z]+\/[a-z0-9.+-]+$/.test(container)) return container;
  const name = container.split(/[,_]/).find((each) => each in types[kind]);
  return name === undefined ? 'application/octet-stream' : (types[kind][name] as string);
}
