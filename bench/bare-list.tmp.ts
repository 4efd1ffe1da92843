import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });
const KEY =
  'select k.id, k.team_id, k.mode, k.scopes from api_keys k left join team_members m on m.team_id = k.team_id and m.user_id = k.created_by where k.token_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and (k.created_by is null or m.user_id is not null)';
const LIST =
  "select n.id, n.phone_number, n.provider, n.status, n.is_trial, to_char(n.trial_expires_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as trial_expires_at, n.assistant_id, a.name as assistant_name, u.email as created_by_email, u.name as created_by_name, to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as created_at from phone_numbers n left join assistants a on a.id = n.assistant_id left join users u on u.id = n.created_by where n.team_id = $1 and n.mode = $2 and n.status <> 'released' order by n.created_at desc, n.id desc";
const server = createServer(async (request, response) => {
  try {
    const token = (request.headers.authorization ?? '').slice(7);
    const {
      rows: [key],
    } = await pool.query({
      name: 'key',
      text: KEY,
      values: [createHash('sha256').update(token).digest('hex')],
    });
    if (!key) {
      response.writeHead(401).end();
      return;
    }
    const { rows } = await pool.query({ name: 'list', text: LIST, values: [key.team_id, key.mode] });
    const body = JSON.stringify({ success: true, numbers: rows, count: rows.length });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
