/** Whether the carrier sends a number's calls to the connection that is wanted. */
export const ROUTING_STATUSES = ['in_sync', 'pending', 'failed'] as const;

export type RoutingStatus = (typeof ROUTING_STATUSES)[number];
