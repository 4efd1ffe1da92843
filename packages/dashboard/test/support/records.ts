import { Talkturo } from '@talkturo/client';
import { createApiKey } from '../../../server/src/usecases/create-api-key.ts';
import { addNumbers } from '../../../server/test/support/numbers.ts';
import type { Dashboard, Window } from './dashboard.ts';

/** A client with a test key of the window's team: for what a test needs and is not about. */
export async function clientFor({ app, address }: Dashboard, { teamId }: Window): Promise<Talkturo> {
  const { token } = await createApiKey(app.context, teamId, { mode: 'test', name: 'For the test' });
  return new Talkturo({ apiKey: token, baseUrl: address, teamId });
}

/** Numbers of the window's team in test mode, `+13055550100` and on, in their order. */
export async function numbersFor(
  { app }: Dashboard,
  { teamId }: Window,
  count: number,
): Promise<{ id: string; phone_number: string }[]> {
  const numbers = [];
  for (let index = 0; index < count; index += 1) {
    lastNumber += 1;
    const phone_number = `+1${3_055_550_099 + lastNumber}`;
    const [id = ''] = await addNumbers({ app }, { teamId }, 1, { mode: 'test', phoneNumber: phone_number });
    numbers.push({ id, phone_number });
  }
  return numbers;
}

let lastNumber = 0;
