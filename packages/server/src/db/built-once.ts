import { type DriverValueEncoder, is, Param, Placeholder, type Query, sql } from 'drizzle-orm';
import { PgDatabase, PgDialect, type PgPreparedQuery, PgSession } from 'drizzle-orm/pg-core';
import type { Db } from './database.ts';

type PrepareQuery = PgSession['prepareQuery'];

/** A statement of the query builder that is not on its way yet. */
interface Statement<Result> extends PromiseLike<Result> {
  prepare(name: string): unknown;
}

/** A statement as the driver gets it, but for the values. */
interface Built {
  query: Query;
  fields: Parameters<PrepareQuery>[1];
  inArrays: boolean;
}

/** With its name, and each of its values as it is read from those that are given. */
interface Named extends Built {
  name: string;
  values: readonly ((given: object) => unknown)[];
}

/**
 * A statement that every purchase runs: its SQL is built once and from then on only filled, and prepared under its name.
 * To build it each time takes the server several times what it takes to send it.
 *
 * Values that are undefined are left out, as the query builder does, so that there is one SQL for each set of those
 * that are given. All others are only put in their places: `build` sees stand-ins for them, and must not decide by what
 * they are, nor calculate with them. Those in conditions reach the driver as they are, without the column's encoder.
 *
 * @param name of the prepared statement, this and no other's
 * @param build the statement, with the query builder; not with a `left join`, of which it would read what was not found
 *   as an object of nulls
 */
export function builtOnce<Given extends object, Result>(
  name: string,
  build: (db: Db, given: Given) => Statement<Result>,
): (db: Db, given: Given) => Promise<Result> {
  const built = new Map<string, Named>();
  return async (db, given) => {
    const keys = Object.keys(given).filter((key) => given[key as keyof Given] !== undefined);
    const kind = keys.join();
    const statement = built.get(kind) ?? draw(`${name}_${built.size}`, build, keys);
    built.set(kind, statement);
    const { query, fields, inArrays, values } = statement;
    const filled = { sql: query.sql, params: values.map((value) => value(given)) };
    const prepared = db._.session.prepareQuery(filled, fields, statement.name, inArrays);
    return (await prepared.execute()) as Result;
  };
}

/** Has the query builder write the statement for a database that only looks at it. */
function draw<Given, Result>(
  name: string,
  build: (db: Db, given: Given) => Statement<Result>,
  keys: readonly string[],
): Named {
  const session = new Drawing(new PgDialect());
  const db = new PgDatabase(new PgDialect(), session, undefined) as unknown as Db;
  const given = Object.fromEntries(keys.map((key) => [key, standIn(key)])) as Given;
  build(db, given).prepare(name);
  if (!session.drawn) throw new Error(`the statement ${name} was not drawn`);
  return { name, ...session.drawn, values: session.drawn.query.params.map(readerOf) };
}

class Drawing extends PgSession {
  drawn: Built | undefined;

  override prepareQuery(...[query, fields, , inArrays]: Parameters<PrepareQuery>): PgPreparedQuery<never> {
    this.drawn = { query, fields, inArrays };
    return { setToken: () => undefined } as never;
  }

  override transaction(): never {
    throw new Error('a statement that is built once is one statement');
  }
}

function standIn(key: string): Placeholder {
  return Object.assign(sql.placeholder(key), {
    [Symbol.toPrimitive]: () => {
      throw new Error(`"${key}" has no value while its statement is built`);
    },
  });
}

function readerOf(param: unknown): (given: object) => unknown {
  if (is(param, Placeholder)) return readValue(param);
  if (is(param, Param) && is(param.value, Placeholder)) return readValue(param.value, param.encoder);
  return () => param;
}

function readValue(
  { name }: Placeholder,
  encoder?: DriverValueEncoder<unknown, unknown>,
): (given: object) => unknown {
  return (given) => {
    const value = given[name as keyof typeof given] as unknown;
    return value === null || !encoder ? value : encoder.mapToDriverValue(value);
  };
}
