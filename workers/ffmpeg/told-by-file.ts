import type { FileText } from '../../engine/consent/file-words/port.ts';

/** What ffprobe says of a file's labels; every field is a stranger's word and may be absent. */
export interface Labelled {
  format?: { tags?: Record<string, string> };
  streams?: { index?: number; codec_type?: string; codec_name?: string; tags?: Record<string, string> }[];
  chapters?: { tags?: Record<string, string> }[];
}

/** Tags that say who or what is shown. Who wrote, composed, encoded or owns it is not whom one sees. */
const shown =
  /^(?:title|artist|album_artist|performer|actor|cast|show|comment|description|synopsis|summary|subject|keywords)(?:-[a-z]{2,3})?$/i;

/** Subtitles that are text; pictures of text (DVD, Blu-ray, DVB) are not read. */
const written = new Set('mov_text subrip srt ass ssa webvtt text eia_608 ttml sami microdvd subviewer subviewer1 realtext jacosub mpl2 pjs stl vplayer'.split(' ')); // biome-ignore format: one list

/** Chapters that are read: more than any film has. */
const mostChapters = 500;

/** What a file says that it is, and that its streams and chapters are, but for its `recipe`, which is judged as that. */
export function aboutFile(
  { format, streams = [], chapters = [] }: Labelled,
  recipe: string | null,
): FileText[] {
  return [
    ...tagsOf(format?.tags, '').filter(({ text }) => text.trim() !== recipe?.trim()),
    ...streams.flatMap(({ tags, index = 0 }) => tagsOf(tags, ` of stream ${index + 1}`)),
    ...chapters
      .slice(0, mostChapters)
      .flatMap(({ tags }, at) => tagsOf(tags, '').map((each) => ({ ...each, place: `chapter ${at + 1}` }))),
  ];
}

/** Subtitle tracks that are text, by stream; numbered as players do. */
export function subtitleTracks({ streams = [] }: Labelled): { stream: number; place: string }[] {
  return streams
    .filter(({ codec_type }) => codec_type === 'subtitle')
    .flatMap(({ index, codec_name = '', tags }, at) => {
      const language = /^[a-z]{2,3}$/.exec(tags?.language ?? '')?.[0];
      const place = `subtitle track ${at + 1}${language === undefined || language === 'und' ? '' : ` (${language})`}`;
      return index !== undefined && written.has(codec_name) ? [{ stream: index, place }] : [];
    });
}

function tagsOf(tags: Record<string, string> | undefined, of: string): FileText[] {
  return Object.entries(tags ?? {})
    .filter(([name, text]) => shown.test(name) && typeof text === 'string')
    .map(([name, text]) => ({ place: `the ${nameOf(name)}${of}`, kind: 'about', text }));
}

function nameOf(tag: string): string {
  return tag
    .toLowerCase()
    .replace(/-[a-z]{2,3}$/, '')
    .replaceAll('_', ' ');
}
