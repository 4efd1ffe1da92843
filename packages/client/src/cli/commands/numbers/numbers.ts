import type { Command } from 'commander';
import type { Within } from '../../within.ts';
import { addAssign } from './assign.ts';
import { addBuy } from './buy.ts';
import { addList } from './list.ts';
import { addRelease } from './release.ts';
import { addRestore } from './restore.ts';
import { addSearch } from './search.ts';
import { addShow } from './show.ts';
import { addWatch } from './watch.ts';

export function addNumbers(program: Command, within: Within): void {
  const numbers = program.command('numbers').description('find, buy and keep phone numbers');
  for (const add of [addSearch, addBuy, addList, addShow, addAssign, addRelease, addRestore, addWatch]) {
    add(numbers, within);
  }
}
