import type { Carrier, CarrierOrder } from '../carriers/carrier.ts';
import type { NumberOrder } from '../db/number-orders.ts';
import type { Context } from './context.ts';

/** What the carrier has under our reference: the order or, where that is not shown, just its number. */
export async function findOrderTraces(
  carrier: Carrier,
  order: NumberOrder,
): Promise<{ held: CarrierOrder | null } | null> {
  const held = await carrier.findOrder(order.id);
  if (held) return { held };
  const number = await carrier.findNumber(order.phoneNumber);
  return number?.reference === order.id && number.state !== 'gone' ? { held: null } : null;
}

/** How long ago the carrier was asked to order. */
export function ageMs(context: Context, { orderingAt, createdAt }: NumberOrder): number {
  return context.clock.now().getTime() - (orderingAt ?? createdAt).getTime();
}
