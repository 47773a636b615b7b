import { openHome } from '../../engine/home.ts';

// Holds the home named on the command line until it is killed. Prints `held`, or why it cannot.
const [folder = '', wait = 'forever'] = process.argv.slice(2);
try {
  const home = await openHome(folder);
  console.log('held');
  if (wait === 'forever') setInterval(() => {}, 1000);
  else await home[Symbol.asyncDispose]();
} catch (error) {
  console.log(`${(error as Error).name}: ${(error as Error).message}`);
}
