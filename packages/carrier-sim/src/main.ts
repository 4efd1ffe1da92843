import { runCarrierSim } from './command.ts';

process.exitCode = await runCarrierSim(process.argv.slice(2), 'npm run carrier-sim --');
