import { Command } from 'commander';
import { API_VERSION } from '../index.ts';
import { addAssistants } from './commands/assistants.ts';
import { addCampaigns } from './commands/campaigns.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvents } from './commands/events.ts';
import { addKeys } from './commands/keys.ts';
import { addLogin } from './commands/login.ts';
import { addMcp } from './commands/mcp.ts';
import { addNumbers } from './commands/numbers/numbers.ts';
import { addOperator } from './commands/operator.ts';
import { addWebhooks } from './commands/webhooks/webhooks.ts';
import type { Io } from './io.ts';
import { PROGRAMS } from './programs.ts';
import { withinSession } from './within.ts';

/** All commands and what they take. */
export function createProgram(io: Io): Command {
  const program = new Command('talkturo')
    .description('Phone numbers: find, buy, assign and release them.')
    .version(API_VERSION, '-V, --version', 'the version')
    .option('--json', 'JSON instead of tables; as where the output is no terminal')
    .option('--no-color', 'no colours; as with NO_COLOR')
    .option('--profile <name>', 'what talkturo login --profile has kept; TALKTURO_PROFILE')
    .option('--base-url <url>', 'where the server is; TALKTURO_BASE_URL')
    .option('--api-key <key>', 'tk_test_… or tk_live_…; better TALKTURO_API_KEY, which others do not see')
    .option('--operator-token <token>', 'for operator; better TALKTURO_OPERATOR_TOKEN')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nBegin with: talkturo login\nWhat is wrong: talkturo doctor');
  const within = withinSession(io);
  const all = [addLogin, addDoctor, addNumbers, addAssistants, addCampaigns, addKeys, addEvents, addWebhooks];
  for (const add of [...all, addOperator, addMcp]) add(program, within);
  for (const [name, { description }] of Object.entries(PROGRAMS))
    program.command(name).description(description);
  return program;
}
