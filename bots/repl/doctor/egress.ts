import type { Config } from '../../../engine/config.ts';
import { type Finding, ok } from './finding.ts';

/** What requests may go to. */
export async function lookAtEgress(_config: Config): Promise<Finding[]> {
  return [
    ok(
      'egress',
      'public addresses only',
      'private, loopback and link-local addresses are refused; SHOW SETTINGS says which hosts egress.allow lets through',
    ),
  ];
}
