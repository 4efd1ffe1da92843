import type { Mode } from '../domain/mode.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * An assistant is of both modes, a caller of one: a test key must not take anything away from live calls.
 * @throws Refusal `forbidden`
 */
export function keepLiveApart(caller: Caller, touched: readonly { mode: Mode }[], what: string): void {
  if (caller.mode === 'live' || !touched.some(({ mode }) => mode === 'live')) return;
  const how = caller.actor.type === 'key' ? 'a tk_live_ key' : 'the header X-Mode: live';
  throw new Refusal('forbidden', `This assistant works in live mode. To ${what}, use ${how}.`);
}
