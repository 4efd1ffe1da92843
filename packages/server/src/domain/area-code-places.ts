/** Where numbers of an area code are at home: its main city, or one of them. */
export interface AreaCodePlace {
  country: 'US' | 'CA';
  /** State, province or territory, two letters. */
  state: string;
  city: string;
  latitude: number;
  longitude: number;
}

const CANADIAN = ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'];

/**
 * Area codes of the United States (territories apart) and Canada by main city: state, city, latitude, longitude,
 * area codes. A code that overlays the areas of several cities stands with each of them; toll-free and
 * other codes without a place are missing.
 *
 * Sources: the lists of assigned area codes of the North American Numbering Plan Administrator and the Canadian
 * Numbering Administrator (early 2024, with the overlays announced since); coordinates of the cities from GeoNames,
 * rounded to 0.1 degrees, which is 11 km or less.
 */
const PLACES = parse(`
  AL|Birmingham|33.5|-86.8|205 659
  AL|Mobile|30.7|-88.0|251
  AL|Huntsville|34.7|-86.6|256 938
  AL|Montgomery|32.4|-86.3|334 483
  AK|Anchorage|61.2|-149.9|907
  AZ|Phoenix|33.4|-112.1|602 480 623
  AZ|Tucson|32.2|-110.9|520
  AZ|Flagstaff|35.2|-111.7|928
  AR|Little Rock|34.7|-92.3|501
  AR|Fort Smith|35.4|-94.4|479
  AR|Jonesboro|35.8|-90.7|870 327
  CA|Los Angeles|34.1|-118.2|213 323 738
  CA|San Diego|32.7|-117.2|619 858
  CA|San Jose|37.3|-121.9|408 669
  CA|San Francisco|37.7|-122.5|415 628
  CA|Fresno|36.7|-119.8|559 357
  CA|Sacramento|38.6|-121.5|916 279
  CA|Long Beach|33.8|-118.2|562
  CA|Oakland|37.8|-122.3|510 341
  CA|Bakersfield|35.4|-119.0|661
  CA|Anaheim|33.8|-117.9|714 657
  CA|Stockton|38.0|-121.3|209 350
  CA|Riverside|34.0|-117.4|951
  CA|Irvine|33.7|-117.8|949
  CA|San Bernardino|34.1|-117.3|909 840
  CA|Oceanside|33.2|-117.4|760 442
  CA|Oxnard|34.2|-119.2|805 820
  CA|Burbank|34.2|-118.3|818 747
  CA|Pasadena|34.2|-118.1|626
  CA|Santa Monica|34.0|-118.5|310 424
  CA|Salinas|36.7|-121.7|831
  CA|San Mateo|37.6|-122.3|650
  CA|Concord|38.0|-122.0|925
  CA|Santa Rosa|38.4|-122.7|707 369
  CA|Redding|40.6|-122.4|530 837
  CO|Denver|39.7|-105.0|303 720 983
  CO|Colorado Springs|38.8|-104.8|719
  CO|Fort Collins|40.6|-105.1|970 748
  CT|Bridgeport|41.2|-73.2|203 475
  CT|Hartford|41.8|-72.7|860 959
  DC|Washington|38.9|-77.0|202 771
  DE|Wilmington|39.7|-75.5|302
  FL|Miami|25.8|-80.2|305 786 645
  FL|Fort Lauderdale|26.1|-80.1|954 754
  FL|West Palm Beach|26.7|-80.1|561 728
  FL|Jacksonville|30.3|-81.7|904 324
  FL|Tampa|27.9|-82.5|813 656
  FL|St. Petersburg|27.8|-82.7|727
  FL|Orlando|28.5|-81.4|407 689 321
  FL|Melbourne|28.1|-80.6|321
  FL|Tallahassee|30.4|-84.3|850 448
  FL|Gainesville|29.7|-82.3|352
  FL|Daytona Beach|29.2|-81.0|386
  FL|Lakeland|28.0|-81.9|863
  FL|Fort Myers|26.6|-81.9|239
  FL|Sarasota|27.3|-82.5|941
  FL|Port St. Lucie|27.3|-80.4|772
  GA|Atlanta|33.7|-84.4|404 470 678 943
  GA|Marietta|34.0|-84.5|770 470 678 943
  GA|Augusta|33.5|-82.0|706 762
  GA|Savannah|32.1|-81.1|912 565
  GA|Macon|32.8|-83.6|478
  GA|Albany|31.6|-84.2|229
  HI|Honolulu|21.3|-157.9|808
  IA|Des Moines|41.6|-93.6|515
  IA|Cedar Rapids|42.0|-91.6|319
  IA|Davenport|41.5|-90.6|563
  IA|Sioux City|42.5|-96.4|712
  IA|Mason City|43.2|-93.2|641
  ID|Boise|43.6|-116.2|208 986
  IL|Chicago|41.9|-87.6|312 773 872
  IL|Aurora|41.8|-88.3|630 331
  IL|Evanston|42.0|-87.7|847 224
  IL|Cicero|41.8|-87.8|708 464
  IL|Rockford|42.3|-89.1|815 779
  IL|Springfield|39.8|-89.6|217 447
  IL|Peoria|40.7|-89.6|309 861
  IL|Belleville|38.5|-90.0|618 730
  IN|Indianapolis|39.8|-86.2|317 463
  IN|Fort Wayne|41.1|-85.1|260
  IN|Evansville|38.0|-87.6|812 930
  IN|South Bend|41.7|-86.3|574
  IN|Gary|41.6|-87.3|219
  IN|Lafayette|40.4|-86.9|765
  KS|Wichita|37.7|-97.3|316
  KS|Kansas City|39.1|-94.6|913
  KS|Topeka|39.0|-95.7|785
  KS|Hutchinson|38.1|-97.9|620
  KY|Louisville|38.3|-85.8|502
  KY|Lexington|38.0|-84.5|859
  KY|Bowling Green|37.0|-86.4|270 364
  KY|Ashland|38.5|-82.6|606
  LA|New Orleans|30.0|-90.1|504
  LA|Baton Rouge|30.5|-91.2|225
  LA|Shreveport|32.5|-93.8|318 457
  LA|Lafayette|30.2|-92.0|337
  LA|Houma|29.6|-90.7|985
  MA|Boston|42.3|-71.1|617 857
  MA|Worcester|42.3|-71.8|508 774
  MA|Springfield|42.1|-72.6|413
  MA|Lowell|42.6|-71.3|978 351
  MA|Lynn|42.5|-70.9|781 339
  MD|Baltimore|39.3|-76.6|410 443 667
  MD|Rockville|39.1|-77.2|301 240 227
  ME|Portland|43.7|-70.2|207
  MI|Detroit|42.3|-83.0|313 679
  MI|Grand Rapids|43.0|-85.7|616
  MI|Warren|42.5|-83.0|586
  MI|Ann Arbor|42.3|-83.7|734
  MI|Lansing|42.7|-84.6|517
  MI|Flint|43.0|-83.7|810
  MI|Troy|42.6|-83.1|248 947
  MI|Kalamazoo|42.3|-85.6|269
  MI|Saginaw|43.4|-84.0|989
  MI|Muskegon|43.2|-86.2|231
  MI|Marquette|46.5|-87.4|906
  MN|Minneapolis|45.0|-93.3|612
  MN|St. Paul|44.9|-93.1|651
  MN|Bloomington|44.8|-93.3|952
  MN|Brooklyn Park|45.1|-93.4|763
  MN|Rochester|44.0|-92.5|507 924
  MN|Duluth|46.8|-92.1|218
  MN|St. Cloud|45.6|-94.2|320
  MO|Kansas City|39.1|-94.6|816 975
  MO|St. Louis|38.6|-90.2|314 557
  MO|Springfield|37.2|-93.3|417
  MO|Columbia|39.0|-92.3|573 235
  MO|O'Fallon|38.8|-90.7|636
  MO|Sedalia|38.7|-93.2|660
  MS|Jackson|32.3|-90.2|601 769
  MS|Gulfport|30.4|-89.1|228
  MS|Tupelo|34.3|-88.7|662 471
  MT|Billings|45.8|-108.5|406
  NC|Charlotte|35.2|-80.8|704 980
  NC|Raleigh|35.8|-78.6|919 984
  NC|Greensboro|36.1|-79.8|336 743
  NC|Fayetteville|35.1|-78.9|910 472
  NC|Greenville|35.6|-77.4|252
  NC|Asheville|35.6|-82.6|828
  ND|Fargo|46.9|-96.8|701
  NE|Omaha|41.3|-95.9|402 531
  NE|Grand Island|40.9|-98.3|308
  NH|Manchester|43.0|-71.5|603
  NJ|Newark|40.7|-74.2|973 862
  NJ|Jersey City|40.7|-74.1|201 551
  NJ|Elizabeth|40.7|-74.2|908
  NJ|New Brunswick|40.5|-74.5|732 848
  NJ|Trenton|40.2|-74.7|609 640
  NJ|Camden|39.9|-75.1|856
  NM|Albuquerque|35.1|-106.7|505
  NM|Las Cruces|32.3|-106.8|575
  NV|Las Vegas|36.2|-115.2|702 725
  NV|Reno|39.5|-119.8|775
  NY|New York|40.7|-74.0|212 646 332 917 718 347 929 465
  NY|Hempstead|40.7|-73.6|516 363
  NY|Brentwood|40.8|-73.2|631 934
  NY|Yonkers|40.9|-73.9|914
  NY|Poughkeepsie|41.7|-73.9|845 329
  NY|Buffalo|42.9|-78.9|716 624
  NY|Rochester|43.2|-77.6|585
  NY|Syracuse|43.0|-76.1|315 680
  NY|Albany|42.7|-73.8|518 838
  NY|Binghamton|42.1|-75.9|607
  OH|Columbus|40.0|-83.0|614 380
  OH|Cleveland|41.5|-81.7|216
  OH|Cincinnati|39.2|-84.5|513 283
  OH|Toledo|41.7|-83.6|419 567
  OH|Akron|41.1|-81.5|330 234
  OH|Dayton|39.8|-84.2|937 326
  OH|Parma|41.4|-81.7|440 436
  OH|Newark|40.1|-82.4|740 220
  OK|Oklahoma City|35.5|-97.5|405 572
  OK|Tulsa|36.2|-96.0|918 539
  OK|Lawton|34.6|-98.4|580
  OR|Portland|45.5|-122.7|503 971
  OR|Eugene|44.1|-123.1|541 458
  PA|Philadelphia|40.0|-75.2|215 267 445
  PA|Pittsburgh|40.4|-80.0|412 878
  PA|Greensburg|40.3|-79.5|724 878
  PA|Allentown|40.6|-75.5|610 484 835
  PA|Harrisburg|40.3|-76.9|717 223
  PA|Erie|42.1|-80.1|814 582
  PA|Scranton|41.4|-75.7|570 272
  RI|Providence|41.8|-71.4|401
  SC|Columbia|34.0|-80.9|803 839
  SC|Charleston|32.8|-80.0|843 854
  SC|Greenville|34.9|-82.4|864 821
  SD|Sioux Falls|43.5|-96.7|605
  TN|Nashville|36.2|-86.8|615 629
  TN|Memphis|35.1|-90.0|901
  TN|Knoxville|36.0|-83.9|865
  TN|Chattanooga|35.1|-85.3|423 729
  TN|Clarksville|36.5|-87.4|931
  TN|Jackson|35.6|-88.8|731
  TX|Houston|29.8|-95.3|713 281 832 346 621
  TX|San Antonio|29.4|-98.5|210 726
  TX|Dallas|32.8|-96.8|214 972 469 945
  TX|Austin|30.3|-97.7|512 737
  TX|Fort Worth|32.7|-97.3|817 682
  TX|El Paso|31.8|-106.5|915
  TX|Corpus Christi|27.8|-97.4|361
  TX|Laredo|27.5|-99.5|956
  TX|Lubbock|33.6|-101.9|806
  TX|Killeen|31.1|-97.7|254
  TX|Midland|32.0|-102.1|432
  TX|Beaumont|30.1|-94.1|409
  TX|Abilene|32.4|-99.7|325
  TX|College Station|30.6|-96.3|979
  TX|Tyler|32.4|-95.3|903 430
  TX|Wichita Falls|33.9|-98.5|940
  TX|Conroe|30.3|-95.5|936
  TX|New Braunfels|29.7|-98.1|830
  UT|Salt Lake City|40.8|-111.9|801 385
  UT|St. George|37.1|-113.6|435
  VA|Virginia Beach|36.9|-76.0|757 948
  VA|Richmond|37.6|-77.5|804 686
  VA|Arlington|38.9|-77.1|703 571
  VA|Roanoke|37.3|-79.9|540 826
  VA|Lynchburg|37.4|-79.1|434
  VA|Bristol|36.6|-82.2|276
  VT|Burlington|44.5|-73.2|802
  WA|Seattle|47.6|-122.3|206 564
  WA|Spokane|47.7|-117.4|509
  WA|Tacoma|47.3|-122.4|253
  WA|Bellevue|47.6|-122.2|425
  WA|Vancouver|45.6|-122.7|360 564
  WI|Milwaukee|43.1|-87.9|414
  WI|Madison|43.1|-89.4|608 353
  WI|Green Bay|44.5|-88.0|920 274
  WI|Kenosha|42.6|-87.8|262
  WI|Eau Claire|44.8|-91.5|715 534
  WV|Charleston|38.3|-81.6|304 681
  WY|Cheyenne|41.1|-104.8|307
  AB|Calgary|51.1|-114.1|403 587 825 368
  AB|Edmonton|53.6|-113.5|780 587 825 368
  BC|Vancouver|49.3|-123.1|604 778 236 672 257
  BC|Victoria|48.4|-123.4|250 778 236 672 257
  MB|Winnipeg|49.9|-97.1|204 431 584
  NB|Moncton|46.1|-64.8|506 428
  NL|St. John's|47.6|-52.7|709 879
  NS|Halifax|44.6|-63.6|902 782
  PE|Charlottetown|46.2|-63.1|902 782
  NT|Yellowknife|62.5|-114.4|867
  NU|Iqaluit|63.7|-68.5|867
  YT|Whitehorse|60.7|-135.1|867
  ON|Toronto|43.7|-79.4|416 647 437 942
  ON|Mississauga|43.6|-79.6|905 289 365 742
  ON|London|43.0|-81.2|519 226 548 382
  ON|Ottawa|45.4|-75.7|613 343 753
  ON|Sudbury|46.5|-81.0|705 249 683
  ON|Thunder Bay|48.4|-89.3|807
  QC|Montreal|45.5|-73.6|514 438 263
  QC|Longueuil|45.5|-73.5|450 579 354
  QC|Quebec City|46.8|-71.2|418 581 367 273
  QC|Gatineau|45.5|-75.7|819 873 468
  SK|Saskatoon|52.1|-106.6|306 639 474
`);

function parse(table: string): ReadonlyMap<string, readonly AreaCodePlace[]> {
  const places = new Map<string, AreaCodePlace[]>();
  for (const line of table.trim().split('\n')) {
    const [state = '', city = '', latitude, longitude, codes = ''] = line.trim().split('|');
    const place: AreaCodePlace = {
      country: CANADIAN.includes(state) ? 'CA' : 'US',
      state,
      city,
      latitude: Number(latitude),
      longitude: Number(longitude),
    };
    for (const code of codes.split(' ')) places.set(code, [...(places.get(code) ?? []), place]);
  }
  return places;
}

/** Every area code with its places. */
export function areaCodesWithPlaces(): Iterable<[areaCode: string, places: readonly AreaCodePlace[]]> {
  return PLACES;
}

/** The places of an area code, the main one first; none where US and CA have no such area code. */
export function placesOf(areaCode: string): readonly AreaCodePlace[] {
  return PLACES.get(areaCode) ?? [];
}
