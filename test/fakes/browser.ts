import { access } from 'node:fs/promises';
import chromium from '@sparticuz/chromium';
import puppeteer, { type Browser } from 'puppeteer-core';

/** A real Chromium: Debian's where it is installed, else the one of the package; or why neither starts. */
export async function openBrowser(): Promise<Browser | { reason: string }> {
  const reasons: string[] = [];
  for (const find of [async () => '/usr/bin/chromium', () => chromium.executablePath()])
    try {
      const executablePath = await find();
      await access(executablePath);
      return await puppeteer.launch({
        executablePath,
        headless: true,
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
      });
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0]!);
    }
  return { reason: reasons.join('; ') };
}
