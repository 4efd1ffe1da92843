import { confirm, isCancel, password, text } from '@clack/prompts';
import { interrupted } from './failure.ts';

/** Questions to whoever sits at the terminal. */
export interface Prompts {
  text(message: string, initial: string): Promise<string>;
  /** Shows nothing of what is typed. */
  secret(message: string): Promise<string>;
  confirm(message: string): Promise<boolean>;
}

/** On stderr: stdout is for data. */
const output = process.stderr;

export const prompts: Prompts = {
  text: async (message, initialValue) => answered(await text({ message, initialValue, output })),
  secret: async (message) => answered(await password({ message, output })),
  confirm: async (message) => answered(await confirm({ message, initialValue: false, output })),
};

/** @throws Failure where Ctrl-C was the answer */
function answered<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer)) throw interrupted('Stopped. Nothing was changed.');
  return answer as Exclude<Value, symbol>;
}
