import { createServer } from 'node:http';
import pg from 'pg';

/*
 * What the inbound look-up is compared with: node:http and one prepared query, without keys, checks, rules, metrics
 * or an API description. Environment: DATABASE_URL, PORT.
 */

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });

const QUERY = `
  select n.id, n.phone_number, n.label, n.status, a.id as assistant_id, a.name, a.template_id, a.connection_id, a.metadata
  from phone_numbers n left join assistants a on a.id = n.assistant_id
  where n.mode = 'live' and n.phone_number = $1
    and n.status in ('purchasing', 'active', 'suspended', 'releasing')`;

const server = createServer(async (request, response) => {
  try {
    const to = new URL(request.url ?? '/', 'http://localhost').searchParams.get('to') ?? '';
    const { rows } = await pool.query({ name: 'find', text: QUERY, values: [to] });
    const body = JSON.stringify({ success: rows.length > 0, number: rows[0] ?? null });
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
