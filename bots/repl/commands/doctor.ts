import { exitStatus } from '../../outcome.ts';
import { lookAtDiscord } from '../doctor/discord.ts';
import { lookAtEgress } from '../doctor/egress.ts';
import { type Finding, findings } from '../doctor/finding.ts';
import { lookAtHome } from '../doctor/home.ts';
import { lookAtNode } from '../doctor/node.ts';
import { lookAtPublicPage } from '../doctor/public-page.ts';
import { lookAtQueue } from '../doctor/queue.ts';
import { lookAtSettings } from '../doctor/settings.ts';
import { showFindings } from '../doctor/show-findings.ts';
import { lookAtSlack } from '../doctor/slack.ts';
import { lookAtWeb } from '../doctor/web.ts';
import type { Flags, Setting } from '../program.ts';

/** `pql doctor`: every choice made on this machine, and what to do about each problem; 1 when there is one. */
export async function doctor(flags: Flags, setting: Setting): Promise<number> {
  const { config, terminal, process } = setting;
  const { lookAtFonts, lookAtModels, lookAtProviders, lookAtTools } = await import('../wiring/doctor.ts');
  const { lookAtCredentials } = await import('../wiring/look-at-credentials.ts');
  const looks = {
    node: async () => lookAtNode(process.versions.node, process.execPath, process.platform),
    ffmpeg: () => lookAtTools(config, setting.environment.PATH),
    'execution providers': () => lookAtProviders(),
    models: () => lookAtModels(config),
    fonts: async () => lookAtFonts(),
    home: () => lookAtHome(config),
    discord: () => lookAtDiscord(config),
    queue: () => lookAtQueue(config.redisUrl),
    settings: () => lookAtSettings(config),
    egress: () => lookAtEgress(config),
    slack: () => lookAtSlack(config),
    links: () => lookAtWeb(config),
    credentials: () => lookAtCredentials(config),
    'public page': () => lookAtPublicPage(config),
  };
  const all: Finding[] = [];
  for (const [name, look] of Object.entries(looks)) {
    const found = await findings(name, look);
    all.push(...found);
    if (flags.json) for (const finding of found) terminal.out.write(`${JSON.stringify(finding)}\n`);
  }
  if (!flags.json) terminal.out.write(`${showFindings(all, terminal.outPalette)}\n`);
  return all.some(({ state }) => state === 'problem') ? exitStatus.failed : exitStatus.done;
}
