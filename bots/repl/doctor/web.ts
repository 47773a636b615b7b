import type { Config } from '../../../engine/config.ts';
import { type Finding, ok, warn } from './finding.ts';

/** Whether links to films can be given out, and reached. */
export async function lookAtWeb({ web, publicUrl }: Pick<Config, 'web' | 'publicUrl'>): Promise<Finding[]> {
  const name = 'links';
  if (publicUrl === null)
    return [
      web === null
        ? ok(
            name,
            'none are given out',
            'neither PQL_WEB nor PQL_PUBLIC_URL is set: what is too large for a chat comes as a preview alone',
          )
        : warn(
            name,
            'none are given out',
            'PQL_WEB is set, and PQL_PUBLIC_URL does not say how people reach it',
            'set PQL_PUBLIC_URL=https://…',
          ),
    ];
  const found = web === null ? `below ${publicUrl}` : `below ${publicUrl}, served at ${web.host}:${web.port}`;
  if (publicUrl.startsWith('http:') && !/^http:\/\/(?:localhost|127\.|\[::1\])/.test(publicUrl))
    return [
      warn(
        name,
        found,
        'a link without https shows its film to everybody on the way',
        'put a proxy with a certificate before it, and set PQL_PUBLIC_URL=https://…',
      ),
    ];
  return [
    web === null
      ? ok(name, found, 'PQL_WEB is not set here: pql web has to run where it is')
      : ok(name, found, 'PQL_PUBLIC_URL and PQL_WEB are set'),
  ];
}
