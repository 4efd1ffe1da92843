import { expect } from 'vitest';
import type { Answer } from '../support/service.ts';

/** The contract's error, and nothing in it that is not named here. */
export function expectRefusal(answer: Answer, status: number, code: string, more: object = {}): void {
  expect(answer.body).toEqual({
    success: false,
    error: expect.stringMatching(/\S \S/),
    code,
    request_id: expect.stringMatching(/^[A-Za-z0-9_-]{8,64}$/),
    ...more,
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['x-request-id']).toBe(answer.body.request_id);
}

/** The refusal of a request with exactly one thing wrong. */
export function expectInvalid(answer: Answer, path: string, message: RegExp = /\S \S/): void {
  const issues = [{ path, message: expect.stringMatching(message) }];
  expectRefusal(answer, 400, 'invalid_request', { issues });
  expect(answer.body.error).toBe(`${path}: ${answer.body.issues[0].message}`);
}

/** The body of a refusal without what differs from request to request. */
export function anonymous({ body }: Answer): unknown {
  const { request_id, ...rest } = body;
  return rest;
}
