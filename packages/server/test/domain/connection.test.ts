import { describe, expect, it } from 'vitest';
import { wantedConnection } from '../../src/domain/connection.ts';

describe('the wanted connection', () => {
  it.each([
    [null, null, null],
    [null, 'own', 'own'],
    [{ connectionId: null }, null, null],
    [{ connectionId: null }, 'own', 'own'],
    [{ connectionId: 'its' }, null, 'its'],
    [{ connectionId: 'its' }, 'own', 'its'],
  ])('of the assistant %j and the number %j is %j', (assistant, connectionId, wanted) => {
    expect(wantedConnection(assistant, { connectionId })).toBe(wanted);
  });
});
