import { openAsBlob } from 'node:fs';

import type { OutgoingFile } from '../presenter/surface.ts';

/** A body of JSON and files that are streamed from the disk while they are sent: a Buffer of 100 MiB would be held five times over. */
export async function multipart(
  body: object,
  files: readonly (Pick<OutgoingFile, 'path' | 'contentType'> & { name: string })[],
): Promise<FormData> {
  const form = new FormData();
  const attachments = files.map(({ name: filename }, id) => ({ id, filename }));
  form.append('payload_json', JSON.stringify({ ...body, attachments }));
  for (const [id, { path, contentType, name }] of files.entries())
    form.append(`files[${id}]`, await openAsBlob(path, { type: contentType }), name);
  return form;
}

/** A name that Discord keeps as it is, so that the card can refer to the file: it would change other letters, and the card would find nothing.
 * The ending stays. */
export function fileName(name: string): string {
  const dot = name.lastIndexOf('.');
  const clean = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[.-]+|-+$/g, '');
  const stem = clean(dot > 0 ? name.slice(0, dot) : name).slice(0, 80) || 'film';
  const ending = dot > 0 ? clean(name.slice(dot + 1)).slice(0, 10) : '';
  return ending === '' ? stem : `${stem}.${ending}`;
}
