import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Compiled code (and sources with their types stripped) is kept in the person's own cache folder, which halves a cold start; where that
// cannot be written, Node goes without. Nothing else is imported before it is on.
enableCompileCache(join(homedir(), '.cache', 'watchai', 'node'));

const { program } = await import('./program.ts');
process.exitCode = await program(process);
