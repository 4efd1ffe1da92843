import { z } from 'zod';
import { offer } from '../records.ts';
import { defineTool, READS } from '../tool.ts';

const digits = z.string().regex(/^\d{1,15}$/, '1 to 15 digits');

export const searchNumbers = defineTool({
  name: 'search_phone_numbers',
  title: 'Search phone numbers on offer',
  description:
    'Numbers that could be bought now, with their prices in USD. Buys and reserves nothing. An empty list means that nothing like it is on offer.',
  input: z.object({
    countryCode: z.string().describe('ISO 3166-1 alpha-2 in capitals, like US'),
    areaCode: z.string().exactOptional().describe('three digits, like 415; for US and CA only'),
    numberType: z.enum(['local', 'toll-free']).exactOptional().describe('local unless said otherwise'),
    contains: digits.exactOptional(),
    startsWith: digits.exactOptional().describe('digits after the country code'),
    endsWith: digits.exactOptional(),
    locality: z.string().exactOptional().describe('a city'),
    administrativeArea: z.string().exactOptional().describe('a state, province or region'),
    features: z.array(z.string()).exactOptional().describe('such as voice, sms'),
    limit: z.int().min(1).max(100).exactOptional().describe('how many at most; 20 unless said otherwise'),
  }),
  output: z.looseObject({ numbers: z.array(offer), count: z.number() }),
  hints: { ...READS, openWorldHint: true },
  run: (filters, { client }) => client.phoneNumbers.search(filters),
});
