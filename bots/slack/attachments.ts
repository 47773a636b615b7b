import type { Attachment } from '../presenter/ask.ts';

/** A file as Slack tells of it: https://docs.slack.dev/reference/objects/file-object. */
export interface SlackFile {
  name?: string | null;
  mimetype?: string;
  size?: number;
  mode?: string;
  url_private?: string;
  url_private_download?: string;
}

/** The files of a message, and the addresses in its text: what it can be the message of. Slack gives its files only to who shows the token, which is
 * shown to Slack alone. */
export function attachmentsOf(
  message: { text?: string | undefined; files?: readonly SlackFile[] | undefined },
  { token, apiUrl }: { token: string; apiUrl: string },
): Attachment[] {
  const files = (message.files ?? []).flatMap((file): Attachment[] => {
    const url = file.url_private_download ?? file.url_private;
    // Files kept elsewhere, deleted ones, and those behind the limit of a free plan.
    if (url === undefined || (file.mode !== undefined && file.mode !== 'hosted')) return [];
    const told = { url, name: file.name ?? 'file', bytes: file.size ?? null };
    return [reached({ ...told, contentType: file.mimetype ?? null }, { token, apiUrl })];
  });
  if (files.length > 0) return files;
  return [...(message.text ?? '').matchAll(/<(https?:\/\/[^|>\s]+)(?:\|[^>]*)?>/g)].map(([, link = '']) => {
    const url = link.replaceAll('&amp;', '&');
    return { url, name: nameIn(url), bytes: null, contentType: null, link: true };
  });
}

/** A file that is Slack's own, with what it takes to be given it; any other as it is. */
export function reached(file: Attachment, { token, apiUrl }: { token: string; apiUrl: string }): Attachment {
  return isSlacks(file.url, apiUrl) ? { ...file, authorization: `Bearer ${token}` } : file;
}

function isSlacks(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return (protocol === 'https:' && hostname === 'files.slack.com') || origin === new URL(apiUrl).origin;
}

function nameIn(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) : undefined;
  return last || 'link';
}
