import type { Command } from 'commander';
import type { Offer } from '../../../index.ts';
import { usageFailure } from '../../failure.ts';
import type { Column } from '../../output.ts';
import { wholeNumber } from '../../values.ts';
import type { Within } from '../../within.ts';
import { addSearchOptions, filtersOf, type SearchOptions } from './search-options.ts';

/** A number on offer, also where the carrier does not say the price. */
export type Quote = Pick<Offer, 'phoneNumber' | 'features'> & {
  [Price in 'monthlyPrice' | 'setupPrice']: string | null;
};

export const OFFER: Column<Quote>[] = [
  ['number', ({ phoneNumber }) => phoneNumber],
  ['USD a month', ({ monthlyPrice }) => monthlyPrice],
  ['USD once', ({ setupPrice }) => setupPrice],
  ['features', ({ features }) => features],
];

export function addSearch(numbers: Command, within: Within): void {
  addSearchOptions(numbers.command('search').description('numbers that could be bought; reserves nothing'))
    .option('-l, --limit <count>', 'how many at most', wholeNumber(1, 100), 20)
    .option('--nearby', 'area codes near --area-code that have numbers, instead')
    .action(
      within(async (session, options: SearchOptions & { limit: number; nearby?: true }) => {
        const { output, signal } = session;
        const filters = { ...filtersOf(options), limit: options.limit };
        const client = session.client();
        if (options.nearby) {
          const { areaCode } = filters;
          if (areaCode === undefined)
            throw usageFailure('--nearby wants to know what is to be near: --area-code.');
          const { numberType: _, ...rest } = filters;
          const search = client.phoneNumbers.searchNearby({ ...rest, areaCode }, { signal });
          const { nearby } = await output.during('Searching', search);
          output.list(
            nearby,
            [
              ['area code', ({ area_code }) => area_code],
              ['place', ({ place }) => place],
              ['km', ({ distance_km }) => distance_km],
              ['numbers', ({ count }) => count],
              ['for example', ({ numbers: [first] }) => first?.phoneNumber],
            ],
            'No area code near it has numbers.',
          );
          return;
        }
        const { numbers: offers } = await output.during(
          'Searching',
          client.phoneNumbers.search(filters, { signal }),
        );
        const near = options.areaCode
          ? ` Near it: talkturo numbers search --area-code ${options.areaCode} --nearby`
          : '';
        output.list(offers, OFFER, `No numbers on offer.${near}`);
        const [first] = offers;
        if (first) output.note(`Buy one: talkturo numbers buy ${first.phoneNumber}`);
      }),
    );
}
