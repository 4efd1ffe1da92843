import { expect, it } from 'vitest';
import { call, startService } from '../../server/test/support/service.ts';
import { generate, readGenerated } from '../generate.ts';

it('what is generated is what the server of this repository says', async () => {
  const service = await startService({ kind: 'postgres' });
  const { body } = await call(service, 'GET', '/openapi.json').finally(() => service.stop());
  const files = await generate(body);
  for (const [file, text] of Object.entries(files)) {
    expect(readGenerated(file as keyof typeof files) === text, `${file} is old: npm run generate`).toBe(true);
  }
});
