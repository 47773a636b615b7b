import { Command, CommanderError } from 'commander';

import { version } from '../../dsl/version.ts';
import { type Config, readConfig } from '../../engine/config.ts';
import { exitStatus } from '../outcome.ts';
import { ArgumentError } from './read-source.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/** What every subcommand is handed. */
export interface Setting {
  config: Config;
  terminal: Terminal;
  process: NodeJS.Process;
  /** For the programs and registries that read it themselves; settings of pql are in `config`. */
  environment: Readonly<Record<string, string | undefined>>;
}

export interface Flags {
  json?: boolean;
  yes?: boolean;
  command?: string;
  mermaid?: boolean;
  dot?: boolean;
  /** False where jobs are left to workers elsewhere. */
  work?: boolean;
}

/** The command line: finds the subcommand, loads it and only it, and gives the exit status. */
export async function program(process: NodeJS.Process): Promise<number> {
  const folder = currentFolder(process);
  if (folder === null) {
    process.stderr.write(
      'pql: the folder you are in was removed\n   = go to another folder, then try again\n',
    );
    return exitStatus.failed;
  }
  const { config, problems } = readConfig(process.env, folder);
  const terminal = processTerminal(process, config.color, config.terminal);
  const setting: Setting = { config, terminal, process, environment: process.env };
  const complain = (text: string) => terminal.err.write(`pql: ${text}\n`);
  try {
    let status = 0;
    const command = describe(setting, (result) => {
      status = result;
    });
    command.hook('preAction', () => {
      const [problem] = problems;
      if (problem) throw new ArgumentError(`${problem.variable} ${problem.problem}`);
    });
    await command.parseAsync(process.argv);
    const lost = terminal.lost();
    if (lost === null) return status;
    complain(
      `the output is not whole: ${await wordsOf(lost)}\n   = what was done is kept: SHOW JOBS tells of it`,
    );
    return status === 0 ? exitStatus.failed : status;
  } catch (error) {
    // Commander has printed help, the version or what is wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatus.wrong;
    if (error instanceof ArgumentError) {
      complain(error.hint ? `${error.message}\n   = ${error.hint}` : error.message);
      return exitStatus.wrong;
    }
    const { describeFault, faultEvent } = await import('./fault.ts');
    const text = await describeFault(error, config, terminal.now());
    complain(text);
    // Who reads JSON reads nothing else, and has to learn why there is no more of it.
    if (process.argv.includes('--json')) terminal.out.write(`${JSON.stringify(faultEvent(error, text))}\n`);
    return exitStatus.failed;
  }
}

/** Null where it is gone: the system then has no name for it. */
function currentFolder(process: NodeJS.Process): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

async function wordsOf(error: NodeJS.ErrnoException): Promise<string> {
  const { systemWords } = await import('./fault.ts');
  return systemWords(error) ?? error.message;
}

/** The subcommands; each is loaded when it is called, since a cold start is mostly loading. */
function describe(setting: Setting, end: (status: number) => void): Command {
  const program = new Command('pql')
    .description('Ask for video in one sentence: PQL statements become films.')
    .version(version, '-V, --version')
    .option('-c, --command <pql>', 'run these statements')
    .option('--json', 'print one JSON object a line')
    .option('--yes', 'go on with what would be asked about')
    .option('--no-work', 'only take statements: leave the jobs to workers')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void setting.terminal.out.write(text),
      writeErr: (text) => void setting.terminal.err.write(text),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(pql --help says more)')
    .addHelpText('after', examples)
    .argument('[words...]')
    .usage('[options] [command]')
    .action(async (words: string[], flags: Flags) => {
      if (words.length > 0) throw unknownCommand(words[0]!);
      const { session } = await import('./commands/session.ts');
      end(await session(flags, setting));
    });
  const json = ['--json', 'print one JSON object a line'] as const;

  program
    .command('run <file>')
    .description('run a script; - reads it from standard input')
    .option(...json)
    .option('--yes', 'go on with what would be asked about')
    .option('--no-work', 'only take statements: leave the jobs to workers')
    .action(async (file: string, flags: Flags, command: Command) => {
      const { run } = await import('./commands/run.ts');
      // Left out in one of the two places it would be true there, and the outer one would win.
      const work = flags.work !== false && program.opts<Flags>().work !== false;
      end(await run(file, { ...command.optsWithGlobals(), work }, setting));
    });
  program
    .command('check <file>')
    .description('say everything that is wrong with a script, without running it; - reads standard input')
    .option(...json)
    .action(async (file: string, _flags: Flags, command: Command) => {
      const { check } = await import('./commands/check.ts');
      end(await check(file, command.optsWithGlobals(), setting));
    });
  program
    .command('fmt <file>')
    .description('print a script in its canonical form; - reads standard input')
    .option('--write', 'write it back to the file')
    .option('--check', 'only say whether it is canonical')
    .action(async (file: string, flags: { write?: boolean; check?: boolean }) => {
      const { fmt } = await import('./commands/fmt.ts');
      end(await fmt(file, flags, setting));
    });
  program
    .command('explain [file]')
    .description('say what a script would do: which jobs, on which lane, what is recalled; runs nothing')
    .option('-c, --command <pql>', 'explain these statements')
    .option(...json)
    .option('--mermaid', 'draw the jobs as a Mermaid flowchart')
    .option('--dot', 'draw the jobs as a Graphviz digraph')
    .action(async (file: string | undefined, _flags: Flags, command: Command) => {
      const { explain } = await import('./commands/explain.ts');
      end(await explain(file, command.optsWithGlobals(), setting));
    });
  program
    .command('recipe <file>')
    .description('print the PQL that made a film')
    .option(...json)
    .action(async (file: string, _flags: Flags, command: Command) => {
      const { recipe } = await import('./commands/recipe.ts');
      end(await recipe(file, command.optsWithGlobals(), setting));
    });
  program
    .command('models [action] [name]')
    .description('the networks: list, pull, verify or remove them')
    .option(...json)
    .action(async (action: string | undefined, name: string | undefined, _flags: Flags, command: Command) => {
      const { models } = await import('./commands/models.ts');
      end(await models(action ?? 'list', name, command.optsWithGlobals(), setting));
    });
  program
    .command('migrate')
    .description('bring the database to the newest schema')
    .option(...json)
    .action(async (_flags: Flags, command: Command) => {
      const { migrate } = await import('./commands/migrate.ts');
      end(await migrate(command.optsWithGlobals(), setting));
    });
  program
    .command('worker')
    .description('run jobs of the database that DATABASE_URL names, until SIGTERM; start as many as you like')
    .option(...json)
    .option('--lanes <lanes>', 'serve only these lanes: gpu,cpu,net')
    .option('--slots <slots>', 'how many jobs of a lane at the same time: cpu=2,net=4')
    .option('--name <name>', 'how SHOW WORKERS lists it; the name of the machine without')
    .option('--grace <duration>', 'how long running jobs may go on after SIGTERM', '30s')
    .action(async (_flags: Flags, command: Command) => {
      const { worker } = await import('./commands/worker.ts');
      end(await worker(command.optsWithGlobals(), setting));
    });
  program
    .command('web')
    .description('serve links to films at PQL_WEB, until SIGTERM')
    .option(...json)
    .action(async (_flags: Flags, command: Command) => {
      const { web } = await import('./commands/web.ts');
      end(await web(command.optsWithGlobals(), setting));
    });
  const bot = program
    .command('bot')
    .description('be in a chat, where people ask for films: discord or slack');
  bot
    .command('slack')
    .description('be in the workspace of SLACK_BOT_TOKEN, or in all that install the app, until SIGTERM')
    .option(...json)
    .option('--no-work', 'only take statements: leave the jobs to workers')
    .option('--manifest', 'print what the app is, to be pasted at api.slack.com/apps')
    .option('--url <url>', 'with --manifest: Slack reaches the bot by HTTP there, instead of Socket Mode')
    .action(async (_flags: Flags, command: Command) => {
      const { botSlack } = await import('./commands/bot-slack.ts');
      end(await botSlack(command.optsWithGlobals(), setting));
    });
  bot
    .command('discord')
    .description('be in Discord as the bot that DISCORD_TOKEN names, until SIGTERM; docs/discord.md')
    .option(...json)
    .option('--no-work', 'only take statements: leave the jobs to workers')
    .option('--invite', 'print the address at which somebody adds the bot to a server')
    .option('--shard <shards>', 'serve only these shards: 0/2 is the first of two, 0,1/4 two of four')
    .action(async (_flags: Flags, command: Command) => {
      const { botDiscord } = await import('./commands/bot-discord.ts');
      end(await botDiscord(command.optsWithGlobals(), setting));
    });
  program
    .command('top')
    .description('watch lanes, runs, workers and failures of the database that DATABASE_URL names')
    .option(...json)
    .option('--once', 'print how it stands now')
    .action(async (_flags: Flags, command: Command) => {
      const { top } = await import('./commands/top.ts');
      end(await top(command.optsWithGlobals(), setting));
    });
  const consent = program
    .command('consent')
    .description('prove that the register of consent was not rewritten, or print what proves it later')
    .exitOverride();
  consent
    .command('verify [heads...]')
    .description(
      'follow the audit from its beginning, and hold the register, the grants and kept heads against it',
    )
    .option(...json)
    .action(async (heads: string[], _flags: Flags, command: Command) => {
      const { verify } = await import('./commands/consent.ts');
      end(await verify(heads, command.optsWithGlobals(), setting));
    });
  consent
    .command('head')
    .description(
      'print the signed head of the audit, to be kept where nobody can reach it who can write to the database',
    )
    .action(async () => {
      const { head } = await import('./commands/consent.ts');
      end(await head(setting));
    });
  program
    .command('doctor')
    .description('say what pql found on this machine, why it chose it, and what to do about each problem')
    .option(...json)
    .action(async (_flags: Flags, command: Command) => {
      const { doctor } = await import('./commands/doctor.ts');
      end(await doctor(command.optsWithGlobals(), setting));
    });
  for (const command of [...program.commands, ...bot.commands]) command.exitOverride().showHelpAfterError();
  return program;
}

function unknownCommand(word: string): ArgumentError {
  const hint = /[./]/.test(word)
    ? `to run a script: pql run ${word}`
    : /\s/.test(word)
      ? `to run a statement: pql -c '${word}'`
      : 'pql --help lists the commands';
  return new ArgumentError(`there is no command ${word}`, hint);
}

const examples = `
Without a subcommand pql starts a session; in a pipe it runs what it reads.

Examples:
  pql -c 'GENERATE "a lighthouse at dusk" DURATION 4s TO out/lighthouse.mp4'
  pql run examples/harbour.pql
  echo 'SHOW GROUPS' | pql

Exit status: 0 done, 1 the work failed, 2 the PQL or the arguments were wrong, 3 refused, 130 interrupted.
PQL_HOME (default .pql) holds the database and the results; DATABASE_URL=postgres://… uses a server's database instead.`;
