import type { Command } from 'commander';
import type { ReconciliationReport } from '../../index.ts';
import { given, wholeNumber, yesOption } from '../values.ts';
import type { Within } from '../within.ts';

const PLANS = ['free', 'starter', 'growth', 'business', 'enterprise'] as const;

interface PlanOptions {
  maxNumbers?: number;
  yes?: true;
}

export function addOperator(program: Command, within: Within): void {
  const operator = program.command('operator').description('for whoever runs the service, with its token');

  operator
    .command('teams')
    .description('all teams, newest first')
    .option('--search <text>', 'part of the name, or an id')
    .action(
      within(async (session, { search }: { search?: string }) => {
        session.output.list(
          await session.operator().listTeams(given({ search }), { signal: session.signal }).all(),
          [
            ['team', ({ name }) => name],
            ['plan', ({ plan }) => plan],
            ['live', ({ numbers }) => numbers.live],
            ['test', ({ numbers }) => numbers.test],
            ['owner', ({ owner }) => owner?.email],
            ['id', ({ id }) => id],
          ],
          'No teams.',
        );
      }),
    );

  operator
    .command('plan')
    .description('put a team on another plan; on free, numbers that it does not cover are suspended')
    .argument('<team>', 'its id')
    .addArgument(program.createArgument('<plan>').choices(PLANS))
    .option('--max-numbers <count>', 'for enterprise', wholeNumber(1, 100_000))
    .addOption(yesOption())
    .action(
      within(async (session, id: string, plan: (typeof PLANS)[number], options: PlanOptions) => {
        const { maxNumbers, yes } = options;
        const operatorClient = session.operator();
        await session.confirm(`Put ${id} on the plan ${plan}?`, { yes });
        const wish = { plan, ...given({ maxNumbers }) };
        const { team } = await operatorClient.changePlan(id, wish, { signal: session.signal });
        session.output.done(`${team.name} is on the plan ${team.plan}.`, team);
      }),
    );

  operator
    .command('reconcile')
    .description("compare with the carrier's account now; with --apply put right what can be")
    .option('--apply', 'put it right')
    .option('--last', 'show the last comparison of each mode, instead of a new one')
    .addOption(yesOption())
    .action(
      within(async (session, { apply, last, yes }: { apply?: true; last?: true; yes?: true }) => {
        const { output, signal } = session;
        const operatorClient = session.operator();
        if (apply && !last) {
          await session.confirm('Change records, give numbers back and set connections where they differ?', {
            yes,
          });
        }
        const work = last
          ? operatorClient.reconciliation({ signal })
          : operatorClient.reconcile({ ...(apply && { apply }) }, { signal });
        const { reports } = await output.during('Comparing with the carrier', work);
        if (output.json) output.list(reports, [], '');
        else for (const report of reports) showReport(session.output, report);
      }),
    );

  operator
    .command('attention')
    .description('what needs a person')
    .action(
      within(async (session, _options: object) => {
        const answer = await session.operator().attention({ signal: session.signal });
        session.output.list(
          answer.items,
          [
            ['what', ({ kind }) => kind],
            ['state', ({ state }) => state],
            ['number', ({ phone_number }) => phone_number],
            ['team', ({ team_name }) => team_name],
            ['since', ({ since }) => since],
            ['why', ({ detail }) => detail],
          ],
          'Nothing needs a person.',
        );
        if (answer.count > 0) session.output.note(`It may cost ${answer.monthly_cost} USD a month.`);
      }),
    );
}

function showReport(
  output: Parameters<Parameters<Within>[0]>[0]['output'],
  report: ReconciliationReport,
): void {
  const { mode, finished_at, summary, findings } = report;
  output.note(
    `${mode}, ${finished_at}: ${summary.numbers_there} numbers there, ${summary.numbers_here} here, ${summary.findings} findings, ${summary.fixed} fixed.`,
  );
  output.list(
    findings,
    [
      ['what', ({ kind }) => kind],
      ['number', ({ phone_number }) => phone_number],
      ['detail', ({ detail }) => detail],
      ['fix', ({ fix }) => fix],
      ['outcome', ({ outcome }) => outcome],
    ],
    'Nothing differs.',
  );
}
