export const STATUSES = ['purchasing', 'active', 'suspended', 'releasing', 'error', 'released'] as const;
export type Status = (typeof STATUSES)[number];

export function statusOf({ status }: { status: string }): Status {
  return STATUSES.find((each) => each === status) ?? 'error';
}
