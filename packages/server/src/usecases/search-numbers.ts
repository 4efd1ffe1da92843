import { CarrierError, type Offer, type SearchFilters } from '../carriers/carrier.ts';
import { hasAreaCodes, isCountry } from '../domain/e164.ts';
import { type Issue, invalidRequest, Refusal } from '../domain/refusal.ts';
import { type Caller, type Context, carrierOf } from './context.ts';

/** Try again after this many seconds where the carrier did not say. */
const DEFAULT_RETRY_SECONDS = 5;

/**
 * Numbers that could be bought now, from the carrier of the caller's mode. Buys and stores nothing.
 * @returns an empty list where there is no stock
 * @throws Refusal `invalid_request`, `carrier_error`, `carrier_unavailable`
 */
export async function searchNumbers(
  context: Context,
  { mode }: Pick<Caller, 'mode'>,
  filters: SearchFilters,
): Promise<{ provider: string; offers: Offer[] }> {
  const issues = checkFilters(filters);
  if (issues.length > 0) throw invalidRequest(issues);
  const carrier = carrierOf(context, mode);
  try {
    return { provider: carrier.name, offers: await carrier.searchNumbers(filters) };
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    context.log.warn({ kind: error.kind, detail: error.message }, 'search failed at the carrier');
    throw refusalOfSearch(error);
  }
}

/** What is wrong with filters that fit their schema. */
export function checkFilters({ countryCode, areaCode }: SearchFilters): Issue[] {
  const issues: Issue[] = [];
  if (!isCountry(countryCode)) {
    issues.push({
      path: 'filters.countryCode',
      message: `"${countryCode}" is not a country; use its ISO 3166-1 alpha-2 code, like US`,
    });
  } else if (areaCode !== undefined && !hasAreaCodes(countryCode)) {
    issues.push({
      path: 'filters.areaCode',
      message: `is for US and CA only; for ${countryCode} use locality, startsWith or contains`,
    });
  }
  return issues;
}

function refusalOfSearch(error: CarrierError): Refusal {
  switch (error.kind) {
    case 'unavailable':
    case 'rate_limited':
      return new Refusal(
        'carrier_unavailable',
        'The carrier cannot answer just now. Try again in a moment.',
        {
          retryAfterSeconds: Math.ceil((error.retryAfterMs ?? DEFAULT_RETRY_SECONDS * 1000) / 1000),
        },
      );
    case 'invalid_request':
      return new Refusal(
        'invalid_request',
        'The carrier does not accept these filters. Leave some out and try again.',
      );
    default:
      return new Refusal(
        'carrier_error',
        'The carrier refused the search for a reason on our side. The operators can see why.',
      );
  }
}
