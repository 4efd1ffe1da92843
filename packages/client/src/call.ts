import type { paths } from './generated/api.ts';
import { type Connection, type OutgoingRequest, type RequestOptions, send } from './send.ts';

/*
 * A call by the method and path of the API's description, with the types that stand there.
 */

export type Path = keyof paths;
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Operation<P extends Path, M extends Method> = paths[P][M];
type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : never;

/** The body of an answer. */
export type Answer<P extends Path, M extends Method> =
  Operation<P, M> extends { responses: infer Responses }
    ? { [Status in keyof Responses]: Json<Responses[Status]> }[keyof Responses]
    : never;

/** The body of a request. */
export type Body<P extends Path, M extends Method> =
  Operation<P, M> extends { requestBody: infer Content } ? Json<Content> : never;

/** What may stand behind the question mark. */
export type Query<P extends Path, M extends Method> =
  Operation<P, M> extends {
    parameters: { query?: infer Fields };
  }
    ? NonNullable<Fields>
    : never;

type PathFields<P extends Path, M extends Method> =
  Operation<P, M> extends {
    parameters: { path: infer Fields };
  }
    ? Fields
    : never;

export interface Sent<P extends Path, M extends Method> {
  path?: PathFields<P, M>;
  query?: Query<P, M>;
  body?: Body<P, M>;
  /** Makes repeating safe. */
  idempotencyKey?: string;
  /** For a POST that changes nothing. */
  repeatable?: boolean;
}

export type Call = <P extends Path, M extends Method>(
  method: M,
  path: P,
  sent?: Sent<P, M>,
  options?: RequestOptions,
) => Promise<Answer<P, M>>;

export function callOver(connection: Connection): Call {
  return async <P extends Path, M extends Method>(
    method: M,
    path: P,
    { path: fields = {} as PathFields<P, M>, query, body, idempotencyKey, repeatable }: Sent<P, M> = {},
    options?: RequestOptions,
  ) => {
    const request: OutgoingRequest = {
      method: method.toUpperCase() as OutgoingRequest['method'],
      path: fillIn(path, fields as Record<string, string>) + queryText(query),
      ...(body !== undefined && { body: body as object }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      repeatable: repeatable ?? (method === 'get' || idempotencyKey !== undefined),
    };
    return (await send(connection, request, options)) as Answer<P, M>;
  };
}

function fillIn(path: string, fields: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name];
    // Each of these would be the address of something else.
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
      throw new TypeError(`${name} must be an id, and is ${JSON.stringify(value)}`);
    }
    return encodeURIComponent(value);
  });
}

function queryText(query: object | undefined): string {
  const fields = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(
    fields.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text === '' ? '' : `?${text}`;
}
