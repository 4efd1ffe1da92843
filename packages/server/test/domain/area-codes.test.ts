import { parsePhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { stateOfAreaCode } from '../../src/domain/area-codes.ts';
import { placeOf } from '../../src/domain/number-place.ts';

const ALL = Array.from({ length: 800 }, (_, index) => String(index + 200));

describe('area codes', () => {
  it.each([
    ['415', 'CA', 'US'],
    ['212', 'NY', 'US'],
    ['718', 'NY', 'US'],
    ['203', 'CT', 'US'],
    ['310', 'CA', 'US'],
    ['713', 'TX', 'US'],
    ['202', 'DC', 'US'],
    ['907', 'AK', 'US'],
    ['808', 'HI', 'US'],
    ['416', 'ON', 'CA'],
    ['514', 'QC', 'CA'],
    ['604', 'BC', 'CA'],
    ['902', 'NS', 'CA'],
  ])('%s is of %s, %s', (areaCode, code, country) => {
    expect(stateOfAreaCode(areaCode)).toEqual({ code, country });
  });

  it.each(['800', '888', '900', '867', '787', '876', '911', '555', '', '4155', 'constructor'])(
    '%s is of no state',
    (areaCode) => {
      expect(stateOfAreaCode(areaCode)).toBeUndefined();
    },
  );

  it('are of the country that the numbering plan says, and none of a place is missing', () => {
    const states = new Set<string>();
    for (const areaCode of ALL) {
      const number = parsePhoneNumber(`+1${areaCode}2345678`);
      const state = stateOfAreaCode(areaCode);
      if (state) {
        states.add(state.code);
        expect(number.isValid() && number.country, areaCode).toBe(state.country);
      } else if (number.isValid() && ['US', 'CA'].includes(number.country ?? '') && areaCode !== '867') {
        expect(['FIXED_LINE_OR_MOBILE', 'FIXED_LINE', 'MOBILE'], areaCode).not.toContain(number.getType());
      }
    }
    // 50 states, the District of Columbia, and the 9 provinces that have area codes to themselves.
    expect(states.size).toBe(60);
  });
});

describe('the place of a number', () => {
  it.each([
    ['+14155550101', '415', 'CA', 'US'],
    ['+14165550101', '416', 'ON', 'CA'],
    ['+18675550101', '867', null, 'CA'],
    ['+18765550101', '876', null, 'JM'],
    ['+442079460123', null, null, 'GB'],
    ['+493023125123', null, null, 'DE'],
    ['+88213123456', null, null, null],
  ])('%s: %s, %s, %s', (phoneNumber, areaCode, region, country) => {
    expect(placeOf(phoneNumber)).toEqual({ areaCode, region, country });
  });
});
