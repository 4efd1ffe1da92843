import type { DBAdapter, Where } from 'better-auth';
import { hashToken } from '../domain/api-token.ts';

interface Query {
  model?: string;
  where?: Where[];
  data?: object;
  update?: object;
}

type Method = (query: Query, ...rest: unknown[]) => unknown;

/**
 * The database as better-auth sees it, where the tokens of sessions are stored as SHA-256 only: hashed on the way
 * in, and given back as they came. Rows that were found in another way than by their token keep the hash.
 */
export function withHashedTokens(adapter: DBAdapter): DBAdapter {
  return {
    ...hashing(adapter),
    transaction: (work) => adapter.transaction((tx) => work(hashing(tx))),
  };
}

function hashing<Adapter extends object>(adapter: Adapter): Adapter {
  const parts = Object.entries(adapter).map(([name, part]) => [
    name,
    typeof part === 'function' ? hashingMethod(part as Method) : part,
  ]);
  return Object.fromEntries(parts) as Adapter;
}

function hashingMethod(method: Method): Method {
  return async (query, ...rest) => {
    if (query.model !== 'session') return method(query, ...rest);
    const plainByHash = new Map<string, string>();
    const hash = (token: unknown): unknown => {
      if (Array.isArray(token)) return token.map(hash);
      if (typeof token !== 'string') return token;
      plainByHash.set(hashToken(token), token);
      return hashToken(token);
    };
    const answer = await method(
      {
        ...query,
        ...(query.where && {
          where: query.where.map((part) =>
            part.field === 'token' ? { ...part, value: hash(part.value) as Where['value'] } : part,
          ),
        }),
        ...(query.data && { data: mapToken(query.data, hash) as object }),
        ...(query.update && { update: mapToken(query.update, hash) as object }),
      },
      ...rest,
    );
    const reveal = (token: unknown) => plainByHash.get(String(token)) ?? token;
    return Array.isArray(answer) ? answer.map((row) => mapToken(row, reveal)) : mapToken(answer, reveal);
  };
}

/** A record with its token changed; what has no token stays as it is. */
function mapToken(record: unknown, change: (token: unknown) => unknown): unknown {
  if (typeof record !== 'object' || record === null || !('token' in record)) return record;
  return { ...record, token: change(record.token) };
}
