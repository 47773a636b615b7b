import { stat } from 'node:fs/promises';

import type { Config } from '../../../engine/config.ts';
import { notifyKeyFile } from '../../../engine/notify-key.ts';
import { type Finding, ok, warn } from './finding.ts';

/** What requests may go to, and what signs call-backs. */
export async function lookAtEgress(config: Config): Promise<Finding[]> {
  return [
    ok(
      'egress',
      'public addresses only',
      'private, loopback and link-local addresses are refused; SHOW SETTINGS says which hosts egress.allow lets through',
    ),
    await lookAtNotifyKey(config),
  ];
}

/** Where the key is, never what it is: this text ends up in bug reports. */
async function lookAtNotifyKey({ home, notifySecret }: Config): Promise<Finding> {
  const name = 'call-backs';
  if (notifySecret !== null)
    return ok(
      name,
      'signed with PQL_NOTIFY_SECRET',
      'receivers verify them with the same key (Standard Webhooks)',
    );
  const file = notifyKeyFile(home);
  const found = await stat(file).catch(() => null);
  if (found === null)
    return ok(
      name,
      'no key yet',
      `NOTIFY makes one in ${file} when it is first used; or set PQL_NOTIFY_SECRET`,
    );
  if ((found.mode & 0o077) !== 0)
    return warn(name, file, 'others on this machine can read the key', `chmod 600 ${file}`);
  return ok(name, `signed with the key in ${file}`, 'give receivers that whsec_… text (Standard Webhooks)');
}
