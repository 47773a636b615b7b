/** What a stage can give and a reference can name. */
export type Kind = 'video' | 'image' | 'audio' | 'text';

/** Letter of a short id in chat: `v12` is a video, `g7` a group, `j40` a job. */
export const kindLetters = { video: 'v', image: 'i', audio: 'a', text: 't' } as const satisfies Record<
  Kind,
  string
>;
