import { AREA_CODES } from './area-codes.ts';

/** Countries of the North American plan besides the US and Canada, with their area codes. */
const OTHERS = new Map(
  Object.entries({
    AG: '268',
    AI: '264',
    AS: '684',
    BB: '246',
    BM: '441',
    BS: '242',
    DM: '767',
    DO: '809 829 849',
    GD: '473',
    GU: '671',
    JM: '658 876',
    KN: '869',
    KY: '345',
    LC: '758',
    MP: '670',
    MS: '664',
    PR: '787 939',
    SX: '721',
    TC: '649',
    TT: '868',
    VC: '784',
    VG: '284',
    VI: '340',
  }).flatMap(([country, codes]) => codes.split(' ').map((code) => [code, country] as const)),
);

/** Whose area code it is; those that are nobody's, toll-free ones too, count as the US. */
export function nanpCountry(areaCode: string): string {
  return AREA_CODES.CA?.has(areaCode) ? 'CA' : (OTHERS.get(areaCode) ?? 'US');
}
