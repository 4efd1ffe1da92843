import { hash } from 'node:crypto';
import { type NumberPlace, placeOf } from './number-place.ts';
import type { PhoneNumberStatus } from './phone-number.ts';
import { isoTime } from './time.ts';

/** A number that could be shown to the contact. */
export interface CallerIdCandidate {
  id: string;
  /** E.164. */
  phoneNumber: string;
  /** A number of weight 2 gets twice the contacts of one of weight 1. */
  weight: number;
  status: PhoneNumberStatus;
  /** Flagged as spam, it is not shown until then. */
  restingUntil: Date | null;
  /** How often it was shown today (UTC). */
  callsToday: number;
  /** It was chosen, and then it was no longer to be had. */
  missed?: boolean;
}

/** What the number has in common with the contact's, the closest first. */
export const CALLER_ID_MATCHES = ['area_code', 'region', 'country', 'any'] as const;

export type CallerIdMatch = (typeof CALLER_ID_MATCHES)[number];

export interface CallerIdQuestion<Candidate extends CallerIdCandidate> {
  candidates: readonly Candidate[];
  /** Who is called, E.164. */
  to: string;
  /** Whoever has the same key gets the same number. */
  contactKey: string;
  now: Date;
  /** How often a number may be shown a day; null: as often as it is asked for. */
  cap: number | null;
}

export interface CallerIdChoice<Candidate extends CallerIdCandidate> {
  chosen: { candidate: Candidate; match: CallerIdMatch } | null;
  /** What was looked at, in order, in words. */
  decision: string[];
}

/** Nobody reads more sentences about numbers that were skipped. */
const MAX_SKIPPED_SHOWN = 50;

/**
 * The number to show to a contact: of those that may be shown, one that is as near to the contact's as there is;
 * among equals the one that the contact always gets (weighted rendezvous hashing, see docs/adr/0020).
 */
export function chooseCallerId<Candidate extends CallerIdCandidate>(
  question: CallerIdQuestion<Candidate>,
): CallerIdChoice<Candidate> {
  const { candidates, to, contactKey } = question;
  const { allowed, decision } = withoutObstacles(question);
  if (allowed.length === 0) {
    decision.push(candidates.length === 0 ? 'There is no number to choose from.' : 'No number is left.');
    return { chosen: null, decision };
  }
  const contact = placeOf(to);
  const { match, nearest } = nearestTo(contact, allowed);
  decision.push(`The choice is among ${nearest.length} of ${allowed.length}: ${whichOnes(match, contact)}.`);
  const candidate = rendezvous(nearest, contactKey);
  decision.push(`${candidate.phoneNumber} is the one of them that this contact gets every time.`);
  return { chosen: { candidate, match }, decision };
}

function withoutObstacles<Candidate extends CallerIdCandidate>(
  question: CallerIdQuestion<Candidate>,
): { allowed: Candidate[]; decision: string[] } {
  const allowed: Candidate[] = [];
  const skipped: string[] = [];
  for (const candidate of question.candidates) {
    const obstacle = obstacleOf(candidate, question);
    if (obstacle === null) allowed.push(candidate);
    else skipped.push(`${candidate.phoneNumber} is skipped: ${obstacle}.`);
  }
  const decision = skipped.slice(0, MAX_SKIPPED_SHOWN);
  const more = skipped.length - decision.length;
  if (more > 0) decision.push(`${more} more are skipped for reasons like these.`);
  return { allowed, decision };
}

/** Why a number may not be shown now, as a part of a sentence. */
function obstacleOf(
  { status, restingUntil, callsToday, missed }: CallerIdCandidate,
  { now, cap }: { now: Date; cap: number | null },
): string | null {
  if (status !== 'active') return `it is ${status}`;
  if (restingUntil && restingUntil > now) {
    return `it was flagged as spam and rests until ${isoTime(restingUntil)}`;
  }
  if (cap !== null && callsToday >= cap) return `it has had its ${cap} calls of today (UTC)`;
  if (missed) return 'another call took its last place, or took it out of service, just now';
  return null;
}

function nearestTo<Candidate extends CallerIdCandidate>(
  contact: NumberPlace,
  allowed: Candidate[],
): { match: CallerIdMatch; nearest: Candidate[] } {
  const places = allowed.map((candidate) => ({ candidate, place: placeOf(candidate.phoneNumber) }));
  for (const [match, field] of PLACES) {
    const nearest = places.filter(({ place }) => place[field] !== null && place[field] === contact[field]);
    if (nearest.length > 0) return { match, nearest: nearest.map(({ candidate }) => candidate) };
  }
  return { match: 'any', nearest: allowed };
}

const PLACES = [
  ['area_code', 'areaCode'],
  ['region', 'region'],
  ['country', 'country'],
] as const;

function whichOnes(match: CallerIdMatch, { areaCode, region, country }: NumberPlace): string {
  if (match === 'area_code') return `those with the contact's area code, ${areaCode}`;
  if (match === 'region')
    return `those of the contact's state, ${region}, as none has the area code ${areaCode}`;
  if (match === 'country') return `those of the contact's country, ${country}, as none is nearer`;
  return "all of them, as none is of the contact's country";
}

/**
 * The candidate with the highest score. Each score depends on the contact and that one candidate alone, so a
 * candidate that comes or goes moves only the contacts that it gets or had.
 */
function rendezvous<Candidate extends CallerIdCandidate>(
  candidates: Candidate[],
  contactKey: string,
): Candidate {
  const scored = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate, contactKey) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).candidate;
}

/** Weighted rendezvous hashing: -weight / ln(u), with u spread evenly between 0 and 1 by the hash. */
function scoreOf({ id, weight }: CallerIdCandidate, contactKey: string): number {
  const first48Bits = Number.parseInt(hash('sha256', `${id} ${contactKey}`).slice(0, 12), 16);
  const u = (first48Bits + 0.5) / 2 ** 48;
  return -weight / Math.log(u);
}
