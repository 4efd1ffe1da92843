import type { OrderRequest, SearchFilters } from '../../src/carriers/carrier.ts';

/** The carrier's records as it writes them, with the fields that a test is about. */

export const FILTERS: SearchFilters = { countryCode: 'US', areaCode: '415', numberType: 'local', limit: 10 };

export const REQUEST: OrderRequest = {
  phoneNumber: '+14155550101',
  connectionId: '1521916448077776306',
  reference: 'ord_1',
};

export function availableNumber(phoneNumber: string, fields: Record<string, unknown> = {}) {
  return {
    record_type: 'available_phone_number',
    phone_number: phoneNumber,
    best_effort: false,
    region_information: [{ region_type: 'country_code', region_name: 'US' }],
    cost_information: { upfront_cost: '1.00000', monthly_cost: '1.50000', currency: 'USD' },
    features: [{ name: 'voice' }, { name: 'sms' }],
    ...fields,
  };
}

export function numberOrder(fields: Record<string, unknown> = {}) {
  return {
    record_type: 'number_order',
    id: 'e3dcb7d4-0000-4000-8000-000000000001',
    status: 'pending',
    customer_reference: 'ord_1',
    requirements_met: true,
    phone_numbers: [
      { id: '5fd37101-0000-4000-8000-000000000001', phone_number: '+14155550101', status: 'pending' },
    ],
    created_at: '2026-11-20T10:00:00.123456Z',
    ...fields,
  };
}

export function ownedNumber(fields: Record<string, unknown> = {}) {
  return {
    record_type: 'phone_number',
    id: '1293384261075731499',
    phone_number: '+14155550101',
    status: 'active',
    connection_id: '1521916448077776306',
    customer_reference: 'ord_1',
    ...fields,
  };
}
