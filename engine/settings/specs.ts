import { byteAmount } from '../../dsl/values/byte-amount.ts';
import type { SettingEntry } from '../../dsl/world.ts';
import { channelProblem, channelSetting } from '../consent/channel/moderators-channel.ts';
import { parseAllowList } from '../egress/allow.ts';

/** A setting as it is declared. */
export interface SettingSpec extends Omit<SettingEntry, 'value'> {
  default: string;
  /** `installation`: one for all, changed by an admin at the machine; `workspace`: each workspace its own, changed by its moderators. */
  scope: 'installation' | 'workspace';
  /** Of a workspace: changed by its admins alone, since it says who is one. */
  by?: 'admin';
  /** Of an installation: names hosts or workspaces, so what it is set to is shown at the machine alone. */
  discreet?: true;
  /** Why a value is refused in a workspace, for the asker; null when it is fine. */
  problem(value: string, workspace: string): string | null;
}

/** All settings. Whoever adds one also reads it: a setting that changes nothing is a lie. */
export function settingSpecs(cores: number): readonly SettingSpec[] {
  return [
    {
      name: 'egress.allow',
      type: 'word',
      help: 'hosts that may be sent to although they are private or plain http, such as "nas.local:9000, 10.0.0.7"; none for none',
      default: 'none',
      scope: 'installation',
      discreet: true,
      problem(value) {
        if (value === 'none') return null;
        const { wrong } = parseAllowList(value);
        return wrong.length === 0 ? null : `${wrong[0]} is no host or host:port`;
      },
    },
    lane('cpu', Math.max(1, Math.min(4, Math.floor(cores / 2))), 'drawing, cutting and encoding'),
    lane('gpu', 1, 'networks on a graphics processor'),
    lane('net', 4, 'sending'),
    running('workspace', 'installation', 'a workspace'),
    running('asker', 'workspace', 'one person here'),
    minutes('workspace', 'installation', 'a workspace'),
    minutes('asker', 'workspace', 'one person here'),
    bytes('workspace', 'installation', 'a workspace may keep'),
    bytes('asker', 'workspace', 'one person here may keep'),
    bytes('run', 'installation', 'one run may make'),
    weights,
    role('moderator', 'cancel, retry and remove what others asked for, and change settings'),
    role('admin', 'do all that moderators may, and say who is one'),
    channel,
    free('disk', '2GB', 'of the disk that holds its home'),
    free('memory', '256MB', 'of the memory that it may use'),
  ];
}

function lane(name: string, slots: number, what: string): SettingSpec {
  return {
    name: `lanes.${name}`,
    type: 'number',
    help: `how many jobs run at the same time for ${what}; from the next start`,
    default: String(slots),
    scope: 'installation',
    problem: (value) =>
      /^(?:[1-9]|[1-5]\d|6[0-4])$/.test(value) ? null : 'it must be a whole number from 1 to 64',
  };
}

function running(name: string, scope: SettingSpec['scope'], who: string): SettingSpec {
  return {
    name: `running.${name}`,
    type: 'number',
    help: `how many jobs of ${who} run at the same time, whatever is free; 0 for no limit`,
    default: '0',
    scope,
    problem: (value) =>
      /^(?:0|[1-9]\d{0,3})$/.test(value) ? null : 'it must be a whole number from 0 to 9999',
  };
}

function minutes(name: string, scope: SettingSpec['scope'], who: string): SettingSpec {
  return {
    name: `minutes.${name}`,
    type: 'number',
    help: `how many minutes of work ${who} may use in 24 hours, all jobs added up; 0 for no limit`,
    default: '0',
    scope,
    problem: (value) =>
      /^(?:0|[1-9]\d{0,6})$/.test(value) ? null : 'it must be a whole number from 0 to 9999999',
  };
}

function bytes(name: string, scope: SettingSpec['scope'], what: string): SettingSpec {
  return {
    name: `bytes.${name}`,
    type: 'bytes',
    help: `how much ${what}; 0B for no limit`,
    default: '0B',
    scope,
    problem: isAmount,
  };
}

const weights: SettingSpec = {
  name: 'turns.weights',
  type: 'word',
  help: 'workspaces that get more or less than one share of the workers, such as "acme 3, discord:42 0.5"; none for none',
  default: 'none',
  scope: 'installation',
  discreet: true,
  problem(value) {
    if (value === 'none') return null;
    const wrong = value.split(',').find((each) => !isWeight(each.trim()));
    return wrong === undefined
      ? null
      : `${wrong.trim() === '' ? 'it' : `"${wrong.trim()}"`} must be a workspace and a weight from 0.1 to 100, such as "acme 3"`;
  },
};

function isWeight(text: string): boolean {
  const [, weight] = /^\S+\s+(\d{1,3}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  return weight !== undefined && Number(weight) >= 0.1 && Number(weight) <= 100;
}

function isAmount(value: string): string | null {
  return (byteAmount(value) ?? Number.POSITIVE_INFINITY) <= 1e15 ? null : 'it must be an amount such as 2GB';
}

function role(name: string, may: string): SettingSpec {
  return {
    name: `roles.${name}`,
    type: 'word',
    help: `ids of the Discord roles or Slack user groups whose members may ${may}; "123, 456", or none`,
    default: 'none',
    scope: 'workspace',
    by: 'admin',
    problem(value) {
      if (value === 'none') return null;
      const wrong = value.split(/[,\s]+/).find((id) => !/^(?:\d{15,20}|S[A-Z0-9]{5,20})$/.test(id));
      if (wrong === undefined) return null;
      return `${wrong} is no id of a Discord role (digits) or a Slack user group (S0123ABCD)`;
    },
  };
}

const channel: SettingSpec = {
  name: channelSetting,
  type: 'word',
  help: 'id of the private channel in which moderators are asked about consent, and decide; none for none',
  default: 'none',
  scope: 'workspace',
  by: 'admin',
  problem: channelProblem,
};

function free(name: string, least: string, what: string): SettingSpec {
  return {
    name: `workers.${name}`,
    type: 'bytes',
    help: `a worker takes no jobs while less than this is free ${what}; 0B for no limit`,
    default: least,
    scope: 'installation',
    problem: isAmount,
  };
}
