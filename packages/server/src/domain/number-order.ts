/**
 * The states of a number order, our record of one purchase at the carrier. Read downwards, it is how a purchase
 * runs; `settle-purchase` has one step per open state.
 */
const ORDER_STATES = {
  /** The slot and the number are ours; the carrier has not been asked. */
  reserved: { open: true },
  /** The intent is written: the carrier is being asked, or somebody asked and died. Never ordered again blindly. */
  ordering: { open: true },
  /** The carrier has the order and works on it. */
  ordered: { open: true },
  /** The carrier has delivered the number; it is still to be looked up, connected and activated. */
  fulfilled: { open: true },
  /** Given up as never sent, and still watched: what turns up late at the carrier goes back. */
  lost: { open: true },
  /** The carrier delivered a number that we had given up: it goes back. */
  unwanted: { open: true },
  /** Such a number has been seen in the account and is being given back: where it is missing now, it is gone. */
  returning: { open: true },
  completed: { open: false },
  failed: { open: false },
} as const;

export type NumberOrderState = keyof typeof ORDER_STATES;

export const NUMBER_ORDER_STATES = Object.keys(ORDER_STATES) as NumberOrderState[];

/** States in which the order still has something to do. */
export const OPEN_ORDER_STATES = NUMBER_ORDER_STATES.filter((state) => ORDER_STATES[state].open);

/** Whether the buyer can be told how it ended; a lost order may still have work to do after that. */
export function isDecided({
  state,
  failureCode,
}: {
  state: NumberOrderState;
  failureCode: string | null;
}): boolean {
  return state === 'completed' || failureCode !== null;
}

export function isOpen(state: NumberOrderState): boolean {
  return ORDER_STATES[state].open;
}
