import { parsePhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../src/domain/area-code-places.ts';
import { placeOf } from '../../src/domain/number-place.ts';

const AREA_CODES = Array.from({ length: 800 }, (_, index) => String(index + 200));

describe('the place of an area code', () => {
  it('is in the country that the numbering plan says, and no state is missing', () => {
    const states = new Set<string>();
    for (const areaCode of AREA_CODES) {
      const number = parsePhoneNumber(`+1${areaCode}2345678`);
      const { region, country } = placeOf(number.number);
      if (region) {
        states.add(region);
        // The newest overlays are not in the library yet.
        if (number.isValid()) expect(number.country, areaCode).toBe(country);
      } else if (number.isValid() && ['US', 'CA'].includes(number.country ?? '')) {
        expect(['FIXED_LINE_OR_MOBILE', 'FIXED_LINE', 'MOBILE'], areaCode).not.toContain(number.getType());
      }
    }
    // 50 states, the District of Columbia, and the provinces and territories whose code is not another's first.
    expect(states.size).toBe(61);
  });

  it.each(['800', '888', '900', '787', '876', '911', '555', '', '4155', 'constructor'])(
    'is none for %s',
    (areaCode) => {
      expect(placesOf(areaCode)).toEqual([]);
    },
  );
});

describe('the place of a number', () => {
  it.each([
    ['+14155550101', '415', 'CA', 'US'],
    ['+14165550101', '416', 'ON', 'CA'],
    ['+12125550101', '212', 'NY', 'US'],
    ['+12025550101', '202', 'DC', 'US'],
    ['+19025550101', '902', 'NS', 'CA'],
    ['+18675550101', '867', 'NT', 'CA'],
    ['+18765550101', '876', null, 'JM'],
    ['+442079460123', null, null, 'GB'],
    ['+493023125123', null, null, 'DE'],
    ['+88213123456', null, null, null],
  ])('%s: %s, %s, %s', (phoneNumber, areaCode, region, country) => {
    expect(placeOf(phoneNumber)).toEqual({ areaCode, region, country });
  });
});
