import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Issue, invalidRequest, REFUSAL_STATUS, Refusal } from '../domain/refusal.ts';
import { InvalidInput } from './validation.ts';

/** What Fastify itself refuses before a route sees the request, in our words. */
const FRAMEWORK_REFUSALS: Record<string, Issue> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { path: 'content-type', message: 'must be application/json' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { path: 'body', message: 'must be a JSON object, and is empty' },
  FST_ERR_CTP_INVALID_JSON_BODY: { path: 'body', message: 'must be valid JSON, and cannot be read' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { path: 'content-length', message: 'must be the length of the body' },
};

/**
 * Every failure becomes the contract's error. A refusal says what it has to say; anything else is a mistake of ours:
 * it goes to the log under the request's id, and the client learns nothing of it but that id.
 */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = asRefusal(error, request);
  if (!refusal) request.log.error({ err: error }, 'a request failed in a way that nobody foresaw');
  if (refusal?.code === 'not_ready') request.log.warn({ err: error }, 'a request was turned away');
  sendRefusal(
    reply,
    refusal ??
      new Refusal(
        'internal',
        `Something went wrong on our side. Try again; if it happens again, tell the operators this id: ${request.id}`,
      ),
  );
}

/** No such route. */
export function handleNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?')[0] ?? '';
  sendRefusal(
    reply,
    new Refusal(
      'not_found',
      `There is no ${request.method} ${path.slice(0, 200)}. The API is described at /docs.`,
    ),
  );
}

/** What is not even HTTP, or too much of it, never becomes a request; it gets an answer in the same form. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const body = JSON.stringify({
      success: false,
      error:
        error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? 'The request did not come to its end in time. Send it again.'
          : 'This is not an HTTP request that the server can read. Check the request line and the headers (16 KiB at most).',
      code: 'invalid_request',
      request_id: `req_${randomUUID()}`,
    });
    socket.write(
      `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}

function asRefusal(error: FastifyError | Error, request: FastifyRequest): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof InvalidInput) return invalidRequest(error.issues);
  if (isOverload(error)) {
    return new Refusal(
      'not_ready',
      'The server is too busy just now, or its database does not answer. Try again in a moment.',
      {
        retryAfterSeconds: 2,
      },
    );
  }
  const code = 'code' in error ? error.code : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const kibibytes = request.routeOptions.bodyLimit / 1024;
    return invalidRequest([{ path: 'body', message: `must not be larger than ${kibibytes} KiB; send less` }]);
  }
  const issue = FRAMEWORK_REFUSALS[code];
  if (issue) return invalidRequest([issue]);
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (error instanceof SyntaxError && status === 400)
    return invalidRequest([{ path: 'body', message: 'must be valid JSON' }]);
  if (status !== undefined && status >= 400 && status < 500) {
    return invalidRequest([{ path: 'request', message: 'is not one that this server understands' }]);
  }
  return undefined;
}

/**
 * PostgreSQL's codes for "not now" (lock_not_available, deadlock, too many connections, shutting down, starting up,
 * connection failures), and the driver's for a database that cannot be reached.
 */
const OVERLOAD = [
  '55P03',
  '40P01',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
];

/** What the pool says when no connection came free in time, and when one broke under a query; it has no code for them. */
const OVERLOAD_MESSAGE = /^(timeout exceeded when trying to connect|Connection terminated)/;

function isOverload(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (OVERLOAD.includes(code) || OVERLOAD_MESSAGE.test(cause.message)) return true;
  }
  return false;
}

/** Writes a refusal as the contract has it. */
export function sendRefusal(reply: FastifyReply, { code, message, details }: Refusal): void {
  const { retryAfterSeconds, neededRole, ...shown } = details;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  if (code === 'unauthorized') reply.header('www-authenticate', 'Bearer');
  reply
    .code(REFUSAL_STATUS[code])
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ success: false, error: message, code, request_id: reply.request.id, ...shown });
}
