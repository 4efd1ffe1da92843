import { type AreaCodePlace, areaCodesWithPlaces, placesOf } from './area-code-places.ts';

/** An area code near another, and which of its places it is near with. */
export interface NearbyAreaCode {
  areaCode: string;
  place: AreaCodePlace;
  /** Whole kilometres between the main cities; 0 for an overlay of the same one. */
  distanceKm: number;
}

/** Further away, only what is in the same state counts as near. */
const MAX_DISTANCE_KM = 500;

/**
 * The area codes near another, nearest first: of the same state, and of the same country around it. Borders of
 * states do not count, from Kansas City, MO, the one across the river is nearer than any other of Missouri; but of
 * those equally far, the same state's come first.
 */
export function nearbyAreaCodes(areaCode: string): NearbyAreaCode[] {
  const homes = placesOf(areaCode);
  const isHomeState = ({ place }: NearbyAreaCode) => homes.some(({ state }) => state === place.state);
  return [...areaCodesWithPlaces()]
    .filter(([other]) => other !== areaCode)
    .flatMap(([other, places]) => nearestOf(other, homes, places) ?? [])
    .filter((nearby) => nearby.distanceKm <= MAX_DISTANCE_KM || isHomeState(nearby))
    .sort(
      (one, two) =>
        one.distanceKm - two.distanceKm ||
        Number(isHomeState(two)) - Number(isHomeState(one)) ||
        Number(one.areaCode) - Number(two.areaCode),
    );
}

/** The pair of places of two area codes with the least distance, nothing where no two are in one country. */
function nearestOf(
  areaCode: string,
  homes: readonly AreaCodePlace[],
  places: readonly AreaCodePlace[],
): NearbyAreaCode | undefined {
  return homes
    .flatMap((home) =>
      places
        .filter(({ country }) => country === home.country)
        .map((place) => ({ areaCode, place, distanceKm: Math.round(kilometresBetween(home, place)) })),
    )
    .sort((one, two) => one.distanceKm - two.distanceKm)
    .at(0);
}

/** The mean radius of the earth. */
const EARTH_KM = 6371;

type Point = Pick<AreaCodePlace, 'latitude' | 'longitude'>;

/** By the haversine formula: along the surface of a sphere. */
export function kilometresBetween(one: Point, two: Point): number {
  const halfLatitude = radians(two.latitude - one.latitude) / 2;
  const halfLongitude = radians(two.longitude - one.longitude) / 2;
  const chord =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(two.latitude)) * Math.sin(halfLongitude) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
