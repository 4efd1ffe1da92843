/** `live` works on the real carrier, `test` on the simulated one. Numbers of the two never meet. */
export type Mode = 'live' | 'test';

export const MODES: readonly Mode[] = ['live', 'test'];
