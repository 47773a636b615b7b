import type { Facts } from '../../dsl/facts.ts';

/** What a file is called that is sent to a chat: `v12.mp4`. Its ending is what chats decide by whether to play it. */
export function mediaName(id: string, { container }: Facts): string {
  const names = container.split(/[,_/]/);
  const ending = names.map((name) => endings[name]).find((each) => each !== undefined);
  return ending === undefined ? id : `${id}.${ending}`;
}

/** By container as ffprobe and we name them. */
const endings: Readonly<Record<string, string>> = {
  mp4: 'mp4',
  mov: 'mp4',
  webm: 'webm',
  matroska: 'mkv',
  avi: 'avi',
  mpeg: 'mpg',
  mpegts: 'ts',
  ogg: 'ogg',
  wav: 'wav',
  mp3: 'mp3',
  flac: 'flac',
  aac: 'aac',
  m4a: 'm4a',
  png: 'png',
  jpeg: 'jpg',
  jpg: 'jpg',
  webp: 'webp',
  gif: 'gif',
  plain: 'txt',
  json: 'json',
  'x-cube': 'cube',
};
