/** One geographic area: national code, main city, state or province (two letters; empty outside US and CA). */
export interface AreaCode {
  ndc: string;
  locality: string;
  administrativeArea: string;
}

function parse(table: string): AreaCode[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [ndc = '', locality = '', administrativeArea = ''] = line.trim().split('|');
      return { ndc, locality, administrativeArea };
    });
}

/** Area codes of the United States with stock. Source: the North American Numbering Plan. */
export const US_AREA_CODES = parse(`
  201|Jersey City|NJ
  202|Washington|DC
  203|Bridgeport|CT
  205|Birmingham|AL
  206|Seattle|WA
  207|Portland|ME
  208|Boise|ID
  210|San Antonio|TX
  212|New York|NY
  213|Los Angeles|CA
  214|Dallas|TX
  215|Philadelphia|PA
  216|Cleveland|OH
  253|Tacoma|WA
  301|Rockville|MD
  302|Wilmington|DE
  303|Denver|CO
  304|Charleston|WV
  305|Miami|FL
  307|Cheyenne|WY
  310|Santa Monica|CA
  312|Chicago|IL
  313|Detroit|MI
  314|St. Louis|MO
  316|Wichita|KS
  317|Indianapolis|IN
  323|Los Angeles|CA
  347|New York|NY
  401|Providence|RI
  402|Omaha|NE
  404|Atlanta|GA
  405|Oklahoma City|OK
  406|Billings|MT
  407|Orlando|FL
  408|San Jose|CA
  410|Baltimore|MD
  412|Pittsburgh|PA
  414|Milwaukee|WI
  415|San Francisco|CA
  480|Mesa|AZ
  501|Little Rock|AR
  502|Louisville|KY
  503|Portland|OR
  504|New Orleans|LA
  505|Albuquerque|NM
  508|Worcester|MA
  510|Oakland|CA
  512|Austin|TX
  515|Des Moines|IA
  516|Hempstead|NY
  518|Albany|NY
  585|Rochester|NY
  601|Jackson|MS
  602|Phoenix|AZ
  603|Manchester|NH
  605|Sioux Falls|SD
  612|Minneapolis|MN
  614|Columbus|OH
  615|Nashville|TN
  617|Boston|MA
  619|San Diego|CA
  646|New York|NY
  650|San Mateo|CA
  702|Las Vegas|NV
  704|Charlotte|NC
  707|Santa Rosa|CA
  713|Houston|TX
  714|Anaheim|CA
  716|Buffalo|NY
  718|New York|NY
  720|Denver|CO
  770|Marietta|GA
  773|Chicago|IL
  801|Salt Lake City|UT
  802|Burlington|VT
  803|Columbia|SC
  804|Richmond|VA
  808|Honolulu|HI
  813|Tampa|FL
  816|Kansas City|MO
  818|Burbank|CA
  901|Memphis|TN
  904|Jacksonville|FL
  907|Anchorage|AK
  916|Sacramento|CA
  917|New York|NY
  919|Raleigh|NC
  925|Concord|CA
  973|Newark|NJ
`);

/** Area codes of Canada with stock. Source: the North American Numbering Plan. */
export const CA_AREA_CODES = parse(`
  204|Winnipeg|MB
  236|Vancouver|BC
  250|Victoria|BC
  306|Saskatoon|SK
  403|Calgary|AB
  416|Toronto|ON
  418|Quebec City|QC
  438|Montreal|QC
  450|Longueuil|QC
  506|Moncton|NB
  514|Montreal|QC
  519|London|ON
  587|Calgary|AB
  604|Vancouver|BC
  613|Ottawa|ON
  647|Toronto|ON
  705|Sudbury|ON
  709|St. John's|NL
  778|Vancouver|BC
  780|Edmonton|AB
  819|Gatineau|QC
  867|Whitehorse|YT
  902|Halifax|NS
  905|Mississauga|ON
`);

/** Toll-free codes shared by US and CA. */
export const TOLL_FREE_CODES = ['800', '833', '844', '855', '866', '877', '888'] as const;

/** A run of European numbers: country, country code, national code, city, digits after the code, digits counted. */
export interface EuropeanRange {
  country: string;
  countryCode: string;
  ndc: string;
  locality: string;
  fixedDigits: string;
  countedDigits: number;
}

function ranges(country: string, countryCode: string, countedDigits: number, table: string): EuropeanRange[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [ndc = '', locality = '', fixedDigits = ''] = line.trim().split('|');
      return { country, countryCode, ndc, locality, fixedDigits, countedDigits };
    });
}

/**
 * Fiction ranges where a regulator has set them aside: GB (Ofcom, numbers for drama use), DE (Bundesnetzagentur,
 * Drama Numbers), FR (Arcep, numéros fictifs). AT and CH have none: plausible geographic numbers instead.
 */
export const EUROPEAN_RANGES: readonly EuropeanRange[] = [
  ...ranges(
    'GB',
    '44',
    3,
    `
    113|Leeds|4960
    114|Sheffield|4960
    116|Leicester|4960
    117|Bristol|4960
    118|Reading|4960
    121|Birmingham|4960
    131|Edinburgh|4960
    141|Glasgow|4960
    151|Liverpool|4960
    161|Manchester|4960
    191|Newcastle upon Tyne|4980
    20|London|79460
    28|Belfast|90180
    29|Cardiff|20180
  `,
  ),
  ...ranges(
    'DE',
    '49',
    3,
    `
    221|Köln|4710
    30|Berlin|23125
    40|Hamburg|66969
    69|Frankfurt am Main|90009
    89|München|99998
  `,
  ),
  ...ranges(
    'AT',
    '43',
    3,
    `
    1|Wien|5550
    316|Graz|555
    463|Klagenfurt|555
    512|Innsbruck|555
    662|Salzburg|555
    732|Linz|555
  `,
  ),
  ...ranges(
    'CH',
    '41',
    3,
    `
    21|Lausanne|5550
    22|Genève|5550
    31|Bern|5550
    43|Zürich|5550
    44|Zürich|5550
    61|Basel|5550
    91|Lugano|5550
  `,
  ),
  ...ranges(
    'FR',
    '33',
    4,
    `
    1|Paris|9900
    2|Nantes|6191
    3|Strasbourg|5301
    4|Marseille|6571
    5|Toulouse|3649
  `,
  ),
];
