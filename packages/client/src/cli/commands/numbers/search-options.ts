import { type Command, Option } from 'commander';
import { given, words } from '../../values.ts';

/** What to look for, as it is said. */
export interface SearchOptions {
  country: string;
  areaCode?: string;
  type?: 'local' | 'toll-free';
  contains?: string;
  startsWith?: string;
  endsWith?: string;
  city?: string;
  region?: string;
  features?: string[];
}

export function addSearchOptions(command: Command): Command {
  return command
    .option('-c, --country <code>', 'country, two letters', 'US')
    .option('-a, --area-code <code>', 'area code, in US and CA')
    .addOption(new Option('-t, --type <type>', 'kind of number').choices(['local', 'toll-free']))
    .option('--contains <digits>', 'digits anywhere')
    .option('--starts-with <digits>', 'first digits after the country code')
    .option('--ends-with <digits>', 'last digits')
    .option('--city <name>', 'a city')
    .option('--region <name>', 'a state, province or region')
    .option('-f, --features <names>', 'voice, sms, … : all of them', words);
}

/** As the API names it. */
export function filtersOf(options: SearchOptions) {
  const { country, type, city, region, areaCode, contains, startsWith, endsWith, features } = options;
  const named = { numberType: type, locality: city, administrativeArea: region };
  return {
    countryCode: country.toUpperCase(),
    ...given({ areaCode, contains, startsWith, endsWith, features, ...named }),
  };
}
