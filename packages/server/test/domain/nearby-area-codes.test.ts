import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { areaCodesWithPlaces, placesOf } from '../../src/domain/area-code-places.ts';
import { kilometresBetween, nearbyAreaCodes } from '../../src/domain/nearby-area-codes.ts';

const everyAreaCode = [...areaCodesWithPlaces()].map(([areaCode]) => areaCode);
const areaCodes = fc.constantFrom(...everyAreaCode);

const named = (areaCode: string, count: number) =>
  nearbyAreaCodes(areaCode)
    .slice(0, count)
    .map(({ areaCode: other, place, distanceKm }) => `${other} ${place.city}, ${place.state} ${distanceKm}`);

describe('the places of area codes', () => {
  it.each([
    ['415', 'US', ['San Francisco, CA']],
    ['212', 'US', ['New York, NY']],
    ['416', 'CA', ['Toronto, ON']],
    ['878', 'US', ['Pittsburgh, PA', 'Greensburg, PA']],
    ['587', 'CA', ['Calgary, AB', 'Edmonton, AB']],
    ['902', 'CA', ['Halifax, NS', 'Charlottetown, PE']],
    ['800', undefined, []],
    ['787', undefined, []],
    ['911', undefined, []],
    ['000', undefined, []],
  ])('%s is in %s: %j', (areaCode, country, cities) => {
    expect(placesOf(areaCode).map(({ city, state }) => `${city}, ${state}`)).toEqual(cities);
    expect(placesOf(areaCode)[0]?.country).toBe(country);
  });

  it('are complete, in the country and in the bounds of North America', () => {
    expect(everyAreaCode.length).toBeGreaterThan(400);
    for (const [areaCode, places] of areaCodesWithPlaces()) {
      expect(areaCode).toMatch(/^[2-9][0-8]\d$/);
      for (const place of places) {
        expect(place.state).toMatch(/^[A-Z]{2}$/);
        expect(place.city).toMatch(/^[A-Z]/);
        expect(place.latitude, areaCode).toSatisfy((degrees: number) => degrees > 21 && degrees < 64);
        expect(place.longitude, areaCode).toSatisfy((degrees: number) => degrees > -158 && degrees < -52);
      }
    }
  });

  it('have every area code that is in use, each in its country', () => {
    const inUse = Array.from({ length: 800 }, (_, index) => String(200 + index)).flatMap((areaCode) => {
      const number = parsePhoneNumberFromString(`+1${areaCode}2345678`);
      const isLocal = number?.isValid() && number.getType() === 'FIXED_LINE_OR_MOBILE';
      const country = number?.country ?? '';
      return isLocal && ['US', 'CA'].includes(country) ? [[areaCode, country]] : [];
    });
    expect(inUse.length).toBeGreaterThan(400);
    const known = inUse.map(([areaCode = '']) => [areaCode, placesOf(areaCode)[0]?.country]);
    expect(known).toEqual(inUse);
  });
});

describe('the area codes near another', () => {
  it.each([
    ['415', ['628 San Francisco, CA 0', '341 Oakland, CA 21']],
    ['628', ['415 San Francisco, CA 0', '341 Oakland, CA 21', '510 Oakland, CA 21', '650 San Mateo, CA 21']],
    ['816', ['975 Kansas City, MO 0', '913 Kansas City, KS 0', '785 Topeka, KS 96']],
    ['780', ['368 Edmonton, AB 0', '587 Edmonton, AB 0', '825 Edmonton, AB 0', '403 Calgary, AB 281']],
    ['401', ['617 Boston, MA 61', '857 Boston, MA 61', '508 Worcester, MA 65']],
    ['902', ['782 Halifax, NS 0', '428 Moncton, NB 131', '506 Moncton, NB 131']],
  ])('%s', (areaCode, nearest) => {
    expect(named(areaCode, nearest.length)).toEqual(nearest);
  });

  it('are none where the area code has no place', () => {
    expect(nearbyAreaCodes('800')).toEqual([]);
    expect(nearbyAreaCodes('787')).toEqual([]);
  });

  it('reach 500 km, and further in the same state', () => {
    expect(named('808', 1)).toEqual([]);
    expect(nearbyAreaCodes('915').at(-1)).toMatchObject({ place: { city: 'Beaumont', state: 'TX' } });
    const distances = nearbyAreaCodes('415').map(({ distanceKm }) => distanceKm);
    expect(distances.filter((distanceKm) => distanceKm > 500).length).toBeGreaterThan(0);
    for (const { place, distanceKm } of nearbyAreaCodes('415'))
      if (distanceKm > 500) expect(place.state).toBe('CA');
  });

  it('are others of the same country, once each, nearest first', () => {
    fc.assert(
      fc.property(areaCodes, (areaCode) => {
        const nearby = nearbyAreaCodes(areaCode);
        const country = placesOf(areaCode)[0]?.country;
        expect(new Set(nearby.map((each) => each.areaCode)).size).toBe(nearby.length);
        for (const each of nearby) {
          expect(each.areaCode).not.toBe(areaCode);
          expect(each.place.country).toBe(country);
          expect(placesOf(each.areaCode)).toContain(each.place);
        }
        const distances = nearby.map(({ distanceKm }) => distanceKm);
        expect(distances).toEqual([...distances].sort((one, two) => one - two));
      }),
    );
  });

  it('are as far one way as the other', () => {
    fc.assert(
      fc.property(areaCodes, areaCodes, (one, two) => {
        const there = nearbyAreaCodes(one).find(({ areaCode }) => areaCode === two)?.distanceKm;
        const back = nearbyAreaCodes(two).find(({ areaCode }) => areaCode === one)?.distanceKm;
        expect(there).toBe(back);
      }),
    );
  });

  it('have the overlays of the same city first, at no distance', () => {
    fc.assert(
      fc.property(areaCodes, (areaCode) => {
        const cities = placesOf(areaCode);
        const overlays = everyAreaCode.filter(
          (other) => other !== areaCode && placesOf(other).some((place) => cities.includes(place)),
        );
        const first = nearbyAreaCodes(areaCode).slice(0, overlays.length);
        expect(first.map((each) => each.distanceKm)).toEqual(overlays.map(() => 0));
      }),
    );
  });
});

describe('the distance', () => {
  it.each([
    [
      'New York to Los Angeles',
      { latitude: 40.7, longitude: -74 },
      { latitude: 34.1, longitude: -118.2 },
      3936,
    ],
    ['a quarter of the equator', { latitude: 0, longitude: 0 }, { latitude: 0, longitude: 90 }, 10_008],
    ['the other end of the world', { latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }, 20_015],
    ['nowhere', { latitude: 50, longitude: -100 }, { latitude: 50, longitude: -100 }, 0],
  ])('%s', (_what, one, two, kilometres) => {
    expect(Math.abs(kilometresBetween(one, two) - kilometres)).toBeLessThan(10);
  });
});
