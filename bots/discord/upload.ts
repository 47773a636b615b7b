import { openAsBlob } from 'node:fs';

import type { OutgoingFile } from '../presenter/surface.ts';

/** A body of JSON and one file that is streamed from the disk while it is sent: a Buffer of 100 MiB would be held five times over. */
export async function multipart(
  body: object,
  { path, contentType }: OutgoingFile,
  name: string,
): Promise<FormData> {
  const form = new FormData();
  form.append('payload_json', JSON.stringify({ ...body, attachments: [{ id: 0, filename: name }] }));
  form.append('files[0]', await openAsBlob(path, { type: contentType }), name);
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
