import Table from 'cli-table3';
import picocolors from 'picocolors';
import yoctoSpinner from 'yocto-spinner';
import type { FailureReport } from './failure.ts';
import type { Io } from './io.ts';
import { plainJson, plainText } from './plain-text.ts';

/** A column of a table: its head, and what stands in it. */
export type Column<Item> = [head: string, value: (item: Item) => unknown];

/** How answers are shown. */
export interface Output {
  /** JSON instead of text for people. */
  readonly json: boolean;
  /** Several records: a table, or a JSON array. */
  list<Item>(items: readonly Item[], columns: readonly Column<Item>[], whenEmpty: string): void;
  /** One record: its fields, or a JSON object. */
  record(record: object): void;
  /** What was done: a sentence, or the record that it was done to. */
  done(sentence: string, record: object): void;
  /** One of many that come by and by: a line, or JSON on one line. */
  each(item: object, line: string): void;
  /** A table that belongs to a question. */
  ask<Item>(items: readonly Item[], columns: readonly Column<Item>[]): void;
  /** Something by the way, for people only. */
  note(sentence: string): void;
  /** Shows that work goes on, for people only, until it ends. */
  during<Value>(sentence: string, work: Promise<Value>): Promise<Value>;
  fail(report: FailureReport): void;
}

export function outputTo(io: Io, { json, color }: { json: boolean; color: boolean }): Output {
  const colors = picocolors.createColors(color && !io.env.NO_COLOR && io.env.TERM !== 'dumb');
  const out = (text: string) => io.stdout.write(`${text}\n`);
  const aside = (text: string) => io.stderr.write(`${text}\n`);

  const tableOf = <Item>(items: readonly Item[], columns: readonly Column<Item>[]) =>
    drawn(
      columns.map(([head]) => colors.bold(head)),
      items.map((item) => columns.map(([, value]) => painted(shown(value(item)), colors))),
    );

  return {
    json,
    list: (items, columns, whenEmpty) => {
      if (json) out(plainJson(items, 2));
      else out(items.length > 0 ? tableOf(items, columns) : whenEmpty);
    },
    record: (record) => {
      if (json) out(plainJson(record, 2));
      else
        out(
          drawn(
            [],
            fieldsOf(record).map(([name, value]) => [colors.dim(name), painted(value, colors)]),
          ),
        );
    },
    done: (sentence, record) => {
      out(json ? plainJson(record, 2) : `${colors.green('✔')} ${plainText(sentence)}`);
    },
    each: (item, line) => {
      out(json ? plainJson(item) : plainText(line));
    },
    ask: (items, columns) => {
      aside(tableOf(items, columns));
    },
    note: (sentence) => {
      if (!json) aside(colors.dim(plainText(sentence)));
    },
    during: async (sentence, work) => {
      if (json || !io.stderr.isTTY) return await work;
      const spinner = yoctoSpinner({
        text: plainText(sentence),
        stream: io.stderr as NodeJS.WriteStream,
        // Ctrl-C is told to the command, which has last words.
        handleSignals: false,
      }).start();
      try {
        return await work;
      } finally {
        spinner.stop();
      }
    },
    fail: (report) => {
      if (json) return void aside(plainJson(report));
      aside(`${colors.red('✖')} ${plainText(report.error)}`);
      if (report.hint) aside(`  ${plainText(report.hint)}`);
      if (report.code === 'internal')
        aside(`  Tell the operator the request id: ${plainText(report.request_id ?? '')}`);
    },
  };
}

/** Without lines around it: columns, two blanks apart. */
function drawn(head: string[], rows: string[][]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
  const more = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' };
  const table = new Table({
    head,
    chars: { ...none, ...more, right: '', 'right-mid': '', middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** What people see of a value. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length > 0 ? value.map(shown).join(', ') : '-';
  return plainText(typeof value === 'object' ? JSON.stringify(value) : String(value)) || '-';
}

function fieldsOf(record: object): [string, string][] {
  return Object.entries(record).map(([name, value]) => [name.replaceAll('_', ' '), shown(value)]);
}

const GOOD = ['active', 'running', 'ok', 'succeeded', 'in_sync', 'eligible'];
const WAITING = ['purchasing', 'releasing', 'suspended', 'paused', 'pending', 'warning'];
const BAD = ['error', 'failed', 'wrong'];

/** States in the colour of what they mean. */
function painted(text: string, colors: ReturnType<typeof picocolors.createColors>): string {
  if (GOOD.includes(text)) return colors.green(text);
  if (WAITING.includes(text)) return colors.yellow(text);
  return BAD.includes(text) ? colors.red(text) : text;
}
