import { program } from './program.ts';

process.exitCode = await program(process);
