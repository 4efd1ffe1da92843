/** The states of a phone number, and what each means for the rest of the service. This table is the only place that says so. */
const LIFE_CYCLE = {
  /** Reserved for a team, its order under way. */
  purchasing: { holdsSlot: true, live: true, assignable: false, next: ['active', 'error'] },
  active: { holdsSlot: true, live: true, assignable: true, next: ['suspended', 'releasing', 'released'] },
  /** Kept at the carrier without service, because the plan no longer covers it. */
  suspended: { holdsSlot: true, live: true, assignable: true, next: ['active', 'releasing', 'released'] },
  /** On its way back to the carrier. */
  releasing: { holdsSlot: false, live: true, assignable: false, next: ['active', 'released'] },
  released: { holdsSlot: false, live: false, assignable: false, next: [] },
  /** The purchase failed; nothing is held at the carrier. */
  error: { holdsSlot: false, live: false, assignable: false, next: ['released'] },
} as const satisfies Record<
  string,
  { holdsSlot: boolean; live: boolean; assignable: boolean; next: readonly string[] }
>;

export type PhoneNumberStatus = keyof typeof LIFE_CYCLE;

export const PHONE_NUMBER_STATUSES = Object.keys(LIFE_CYCLE) as PhoneNumberStatus[];

/** Statuses that count towards the plan's limit. */
export const SLOT_STATUSES = PHONE_NUMBER_STATUSES.filter((status) => LIFE_CYCLE[status].holdsSlot);

/** Statuses in which one E.164 number may exist only once per mode: we hold it, or may hold it, at the carrier. */
export const LIVE_STATUSES = PHONE_NUMBER_STATUSES.filter((status) => LIFE_CYCLE[status].live);

/** Statuses in which the carrier has given us the number, and asks for its price each month. */
export const HELD_STATUSES: readonly PhoneNumberStatus[] = ['active', 'suspended', 'releasing'];

/** Statuses in which a number can have an assistant and be in campaigns. */
export const ASSIGNABLE_STATUSES = PHONE_NUMBER_STATUSES.filter((status) => LIFE_CYCLE[status].assignable);

/** Whether the life cycle lets a number go from one status to another. */
export function canBecome(from: PhoneNumberStatus, to: PhoneNumberStatus): boolean {
  return (LIFE_CYCLE[from].next as readonly PhoneNumberStatus[]).includes(to);
}
