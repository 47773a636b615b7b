import { type ParseOptions, parse } from '../../dsl/parse.ts';
import { urlProblem } from '../../dsl/values/url.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import type { Ask, Attachment } from './ask.ts';
import { cutTo, plainLine } from './plain.ts';
import type { Reply } from './reply.ts';
import { filePlaces, type Replaced, withIds } from './these.ts';
import type { PresenterTools, Taken } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** Links that one message may have fetched. */
const mostLinks = 10;

/** The text with `this` and links replaced by clips of the workspace, once they have been taken in; or why one of them could not be. */
export async function withFiles(
  text: string,
  manner: ParseOptions,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Replaced | Reply> {
  const found = filePlaces(parse(text, vocabularyOf(tools.catalogue), manner).script, tools.catalogue);
  // A link that cannot be one, and `this` where nothing came along, are told with a caret like everything else that is wrong.
  const places = found.filter(({ url }) =>
    url === null ? ask.attachments.length > 0 : urlProblem(url) === null,
  );
  const links = new Set(places.flatMap(({ url }) => url ?? []));
  if (links.size > mostLinks)
    return refused(
      'PQL442',
      `a message may name at most ${mostLinks} links`,
      'split it into several messages',
    );
  const wanted = [
    ...(places.some(({ url }) => url === null) ? ask.attachments : []),
    ...[...links].map(
      (url): Attachment => ({ url, name: nameIn(url), bytes: null, contentType: null, link: true }),
    ),
  ];
  const ids = new Map<string, string>();
  for (const each of wanted) {
    const taken = await tools.take(each, ask.id, ask.asker, signal);
    if (!('id' in taken)) {
      const { code, message, hint } = links.has(each.url) ? taken : whyNot(taken, each);
      return refused(code, message, hint);
    }
    ids.set(each.url, taken.id);
  }
  const these = ask.attachments.flatMap(({ url }) => ids.get(url) ?? []);
  return withIds(
    text,
    places.map(({ span, url }) =>
      url === null
        ? { span, ids: these, called: ask.attachments.map(({ url, name, link }) => (link ? url : name)) }
        : { span, ids: [ids.get(url) as string], called: [url] },
    ),
  );
}

/** Why a file that came along cannot be had: by its name, since nobody thinks of what they attached as a link. */
export function whyNot(no: NoFile, { name }: Pick<Attachment, 'name'>): NoFile {
  const called = cutTo(plainLine(name), 60);
  if (no.code === 'PQL444')
    return {
      ...no,
      message: no.message.replace('what the link gives', called),
      hint: 'attach a clip, a picture or a sound',
    };
  // Chats give links for a while, and people take back what they sent.
  const message = no.message.replace(/^the link leads to no file/, `${called} cannot be had`);
  return message === no.message ? no : { ...no, message, hint: 'attach it again' };
}

type NoFile = Extract<Taken, { code: string }>;

/** `clip.mp4` of `https://example.org/films/clip.mp4?x=1`. */
function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? 'link';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function refused(code: string, message: string, hint: string | null): Reply {
  return { type: 'refused', view: refusedView(code, message, hint) };
}
