import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';

/*
 * What the service is compared with: node:http and pg doing the same look-ups, each statement prepared, without checks,
 * rules, limits, metrics or an API description. Environment: DATABASE_URL, PORT.
 */

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });

const FIND_KEY = `
  select k.id, k.team_id, k.mode, k.scopes
  from api_keys k left join team_members m on m.team_id = k.team_id and m.user_id = k.created_by
  where k.token_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
    and (k.created_by is null or m.user_id is not null)`;

const LIST = `
  select n.id, n.phone_number, n.provider, n.status, n.is_trial,
    to_char(n.trial_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as trial_expires_at,
    n.assistant_id, a.name as assistant_name, u.email as created_by_email, u.name as created_by_name,
    to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at
  from phone_numbers n
  left join assistants a on a.id = n.assistant_id
  left join users u on u.id = n.created_by
  where n.team_id = $1 and n.mode = $2 and n.status <> 'released'
  order by n.created_at desc, n.id desc`;

const ROUTE = `
  select n.id, n.phone_number, n.label, n.status, a.id as assistant_id, a.name, a.template_id, a.connection_id, a.metadata
  from phone_numbers n left join assistants a on a.id = n.assistant_id
  where n.mode = 'live' and n.phone_number = $1
    and n.status in ('purchasing', 'active', 'suspended', 'releasing')`;

const server = createServer(async (request, response) => {
  try {
    const body = JSON.stringify(await answer(request));
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});

async function answer(request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  if (pathname === '/api/phone-numbers/purchase') return list(request.headers.authorization);
  if (pathname === '/api/routing/inbound') return route(searchParams.get('to') ?? '');
  return {};
}

async function list(authorization = ''): Promise<unknown> {
  const hash = createHash('sha256').update(authorization.slice('Bearer '.length)).digest('hex');
  const [key] = (await pool.query({ name: 'key', text: FIND_KEY, values: [hash] })).rows;
  if (!key) throw new Error('no such key');
  const { rows } = await pool.query({ name: 'list', text: LIST, values: [key.team_id, key.mode] });
  return { success: true, numbers: rows, count: rows.length };
}

async function route(to: string): Promise<unknown> {
  const [number] = (await pool.query({ name: 'route', text: ROUTE, values: [to] })).rows;
  if (!number) throw new Error('no such number');
  return { success: true, number };
}

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
