/** What PostgreSQL answers to every statement after the one that has failed. */
const IN_FAILED_TRANSACTION = '25P02';

/**
 * What a transaction asks in one go. Waits for all of it, also where some fails: `Promise.all` would let the transaction
 * end meanwhile, and what its branches ask after that would run on a connection that is somebody else's by then.
 * @throws what failed first, not what failed because of it
 */
export async function pipelined<Asked extends readonly unknown[]>(
  asked: readonly [...Asked],
): Promise<{ -readonly [Each in keyof Asked]: Awaited<Asked[Each]> }> {
  const settled = await Promise.allSettled(asked);
  const failures = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (failures.length > 0) throw failures.find((failure) => !isConsequence(failure)) ?? failures[0];
  return settled.map((each) => each.status === 'fulfilled' && each.value) as never;
}

function isConsequence(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === IN_FAILED_TRANSACTION) return true;
  }
  return false;
}
