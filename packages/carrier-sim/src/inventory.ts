import { CA_AREA_CODES, EUROPEAN_RANGES, TOLL_FREE_CODES, US_AREA_CODES } from './area-codes.ts';
import { isMagicLine, magicBehaviour } from './magic-numbers.ts';

export type NumberType = 'local' | 'toll_free';

/** A run of numbers that differ only in their last `lineDigits` digits. */
export interface NumberBlock {
  /** ISO 3166-1 alpha-2; toll-free blocks say US and are sold in CA too. */
  country: string;
  countryCode: string;
  type: NumberType;
  ndc: string;
  locality?: string;
  administrativeArea?: string;
  /** All digits before the line, without `+`. */
  prefix: string;
  lineDigits: number;
  firstLine: number;
  lastLine: number;
}

/** One number of the inventory, whether sold or not. */
export interface StockNumber {
  phoneNumber: string;
  block: NumberBlock;
  line: number;
}

/** What a search asks for. Patterns are digits, as the caller wrote them without signs. */
export interface StockQuery {
  country?: string;
  type?: string;
  ndc?: string;
  locality?: string;
  administrativeArea?: string;
  rateCenter?: string;
  features: readonly string[];
  startsWith?: string;
  endsWith?: string;
  contains?: string;
}

// 555-1212 is directory assistance in every area code and is never assigned.
const DIRECTORY_ASSISTANCE_LINE = 1212;

function nanpBlock(
  ndc: string,
  rest: Pick<NumberBlock, 'country' | 'type'> & Partial<NumberBlock>,
): NumberBlock {
  // 555-0100 to 0199 are reserved for fiction; the series goes on upwards from there.
  const lines = { prefix: `1${ndc}555`, lineDigits: 4, firstLine: 101, lastLine: 9999 };
  return { countryCode: '1', ndc, ...lines, ...rest };
}

function buildBlocks(): NumberBlock[] {
  const blocks: NumberBlock[] = [];
  for (const { ndc, ...place } of US_AREA_CODES) {
    blocks.push(nanpBlock(ndc, { country: 'US', type: 'local', ...place }));
  }
  for (const { ndc, ...place } of CA_AREA_CODES) {
    blocks.push(nanpBlock(ndc, { country: 'CA', type: 'local', ...place }));
  }
  for (const ndc of TOLL_FREE_CODES) blocks.push(nanpBlock(ndc, { country: 'US', type: 'toll_free' }));
  for (const { country, countryCode, ndc, locality, fixedDigits, countedDigits } of EUROPEAN_RANGES) {
    const lines = { lineDigits: countedDigits, firstLine: 0, lastLine: 10 ** countedDigits - 1 };
    const prefix = `${countryCode}${ndc}${fixedDigits}`;
    blocks.push({ country, countryCode, type: 'local', ndc, locality, prefix, ...lines });
  }
  return blocks.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}

/** Every block with stock, in the order of its numbers. */
export const BLOCKS: readonly NumberBlock[] = buildBlocks();

const blockByPrefix = new Map(BLOCKS.map((block) => [block.prefix, block]));
const prefixLengths = [...new Set(BLOCKS.map((block) => block.prefix.length))];

function isLineOf(block: NumberBlock, line: number): boolean {
  if (line < block.firstLine || line > block.lastLine) return false;
  return block.countryCode !== '1' || line !== DIRECTORY_ASSISTANCE_LINE;
}

function stockNumber(block: NumberBlock, line: number): StockNumber {
  return { phoneNumber: `+${block.prefix}${String(line).padStart(block.lineDigits, '0')}`, block, line };
}

/** The inventory's entry for an E.164 number (magic numbers included), or undefined where we never had it. */
export function lookUpStock(phoneNumber: string): StockNumber | undefined {
  if (!/^\+\d+$/.test(phoneNumber)) return undefined;
  const digits = phoneNumber.slice(1);
  for (const length of prefixLengths) {
    const block = blockByPrefix.get(digits.slice(0, length));
    if (!block || digits.length !== length + block.lineDigits) continue;
    const line = Number(digits.slice(length));
    return isLineOf(block, line) ? stockNumber(block, line) : undefined;
  }
  return undefined;
}

function isSoldIn(block: NumberBlock, country: string): boolean {
  return block.country === country || (block.type === 'toll_free' && country === 'CA');
}

function same(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

function blockMatches(block: NumberBlock, query: StockQuery): boolean {
  if (query.country !== undefined && !isSoldIn(block, query.country.toUpperCase())) return false;
  if (query.type !== undefined && block.type !== query.type) return false;
  if (query.ndc !== undefined && block.ndc !== query.ndc) return false;
  if (query.locality !== undefined && !same(block.locality, query.locality)) return false;
  if (query.administrativeArea !== undefined && !same(block.administrativeArea, query.administrativeArea)) {
    return false;
  }
  return query.rateCenter === undefined || same(rateCenterOf(block), query.rateCenter);
}

/** Rate center of a block: the city in capitals, for US and CA local numbers only. */
export function rateCenterOf(block: NumberBlock): string | undefined {
  return block.administrativeArea === undefined ? undefined : block.locality?.toUpperCase();
}

/** Features of a number in the order in which the simulator lists them. */
export function featuresOf({ block, line }: StockNumber): readonly string[] {
  // The tens digit of the line decides, so that every hundred has numbers of every kind.
  const tens = Math.floor(line / 10) % 10;
  if (block.countryCode === '1') {
    if (tens === 7) return ['voice'];
    if (block.type === 'toll_free') return ['voice', 'sms'];
    if (tens === 5 || tens === 6) return ['voice', 'sms', 'mms'];
    return tens === 8 ? ['voice', 'sms', 'mms', 'fax'] : ['voice', 'sms'];
  }
  if (block.country === 'GB' && (tens === 5 || tens === 6)) return ['voice', 'sms'];
  return block.country === 'CH' ? ['voice', 'fax'] : ['voice'];
}

/** [upfront, a month] in USD by country, `+1 toll-free` apart. Invented, in the order of size of list prices. */
const PRICES: Readonly<Record<string, readonly [string, string]>> = {
  US: ['1.00', '1.00'],
  CA: ['1.00', '1.20'],
  tollFree: ['1.00', '2.00'],
  GB: ['1.00', '1.50'],
  DE: ['1.00', '2.00'],
  AT: ['1.00', '3.00'],
  CH: ['3.00', '5.00'],
  FR: ['1.00', '2.50'],
};

/** Price of a number: decimal strings in USD, `monthlyCost` for one month. */
export function priceOf(number: StockNumber): { upfrontCost: string; monthlyCost: string } {
  const { type, country } = number.block;
  const [upfrontCost, monthlyCost] = PRICES[type === 'toll_free' ? 'tollFree' : country] ?? ['1.00', '1.00'];
  return { upfrontCost, monthlyCost: magicBehaviour(number.phoneNumber)?.monthlyCost ?? monthlyCost };
}

/** The three ways of writing a number's leading digits: E.164, national, and after the area code. */
function prefixesOf(block: NumberBlock): { e164: string; national: string; subscriber: string } {
  const national = block.prefix.slice(block.countryCode.length);
  return { e164: block.prefix, national, subscriber: national.slice(block.ndc.length) };
}

/** The line that a pattern names, where the pattern is a whole number of this block. */
function lineNamedBy(block: NumberBlock, pattern: string, query: StockQuery): number | undefined {
  const { e164, national, subscriber } = prefixesOf(block);
  for (const prefix of query.ndc === undefined ? [e164, national] : [e164, national, subscriber]) {
    if (pattern.length === prefix.length + block.lineDigits && pattern.startsWith(prefix)) {
      return Number(pattern.slice(prefix.length));
    }
  }
  return undefined;
}

/** Whether the digits of some numbers in a block can match; cheap, so that most blocks are never walked through. */
function patternsCanMatch(block: NumberBlock, query: StockQuery): boolean {
  const { e164, national, subscriber } = prefixesOf(block);
  const fixed = query.ndc === undefined ? national : subscriber;
  const length = fixed.length + block.lineDigits;
  if ((query.contains?.length ?? 0) > length || (query.endsWith?.length ?? 0) > length) return false;
  const start = query.startsWith;
  if (start === undefined) return true;
  const fits = (prefix: string) => prefix.startsWith(start) || start.startsWith(prefix);
  return fits(fixed) || (query.ndc === undefined && fits(e164));
}

/** With an area code in the query, patterns look at what comes after it; without one, at the whole number. */
function patternsMatch(block: NumberBlock, lineText: string, query: StockQuery): boolean {
  const { startsWith, endsWith, contains } = query;
  if (startsWith === undefined && endsWith === undefined && contains === undefined) return true;
  const skipped = block.countryCode.length + (query.ndc === undefined ? 0 : block.ndc.length);
  const text = block.prefix.slice(skipped) + lineText;
  if (endsWith !== undefined && !text.endsWith(endsWith)) return false;
  if (contains !== undefined && !text.includes(contains)) return false;
  if (startsWith === undefined || text.startsWith(startsWith)) return true;
  return query.ndc === undefined && (block.prefix + lineText).startsWith(startsWith);
}

function hasFeatures(number: StockNumber, wanted: readonly string[]): boolean {
  const features = featuresOf(number);
  return wanted.every((feature) => features.includes(feature));
}

/**
 * All numbers which answer a query, in ascending order, sold ones included. Magic numbers come only where a pattern
 * names the whole number.
 */
export function* stockMatching(query: StockQuery): Generator<StockNumber> {
  const patterns = [query.startsWith, query.endsWith, query.contains].filter((text) => text !== undefined);
  for (const block of BLOCKS) {
    if (!blockMatches(block, query)) continue;
    const named = patterns
      .map((pattern) => lineNamedBy(block, pattern, query))
      .find((line) => line !== undefined);
    if (named !== undefined) {
      const number = stockNumber(block, named);
      if (isLineOf(block, named) && hasFeatures(number, query.features)) yield number;
      continue;
    }
    if (!patternsCanMatch(block, query)) continue;
    for (let line = block.firstLine; line <= block.lastLine; line++) {
      if (!isLineOf(block, line) || (block.countryCode === '1' && isMagicLine(line))) continue;
      if (!patternsMatch(block, String(line).padStart(block.lineDigits, '0'), query)) continue;
      const number = stockNumber(block, line);
      if (hasFeatures(number, query.features)) yield number;
    }
  }
}

/**
 * Near matches for a query that found too little: the same state first, then the same country. US and CA only.
 * Features and type stay as asked, patterns, city and area code do not.
 */
export function* nearMatches(query: StockQuery): Generator<StockNumber> {
  const { country, type, features } = query;
  if (country !== undefined && !['US', 'CA'].includes(country.toUpperCase())) return;
  const loose = { country: country ?? 'US', features, ...(type === undefined ? {} : { type }) };
  const place = BLOCKS.find(
    (block) => block.ndc === query.ndc || same(block.locality, query.locality ?? '?'),
  );
  const administrativeArea = query.administrativeArea ?? place?.administrativeArea;
  if (administrativeArea !== undefined) yield* stockMatching({ ...loose, administrativeArea });
  yield* stockMatching(loose);
}

/** US local numbers from the end of each area code backwards, so that early offers stay untouched. */
export function* stockFromTheEnd(): Generator<StockNumber> {
  const blocks = BLOCKS.filter((block) => block.country === 'US' && block.type === 'local');
  for (let line = 9999; line >= 1000; line--) {
    for (const block of blocks) if (isLineOf(block, line)) yield stockNumber(block, line);
  }
}
