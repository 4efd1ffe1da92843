/** Assistants that a team can have: all of them come in one list, each with up to 16 KiB. */
export const MAX_ASSISTANTS = 1_000;

/** What an assistant was made from. */
export const ASSISTANT_TEMPLATES = ['outbound-setter', 'inbound-support', 'follow-up', 'custom'] as const;

export type AssistantTemplate = (typeof ASSISTANT_TEMPLATES)[number];

/** As JSON, in bytes of UTF-8. */
const MAX_METADATA_BYTES = 16 * 1024;

/** Deeper than anybody writes by hand; the database and the serialiser give up at some thousands. */
const MAX_METADATA_DEPTH = 32;

/** Why an object cannot be an assistant's metadata, null where it can. What JSON can say, the database may refuse. */
export function metadataProblem(metadata: Record<string, unknown>): string | null {
  const levels: unknown[][] = [[metadata]];
  for (const [depth, level] of levels.entries()) {
    if (depth > MAX_METADATA_DEPTH)
      return `must be a JSON object of at most ${MAX_METADATA_DEPTH} levels; put less into each other`;
    const inside = level.flatMap(partsOf);
    if (inside.some((part) => typeof part === 'string' && !isStorable(part)))
      return 'must be a JSON object of whole characters, without U+0000 and without halves of surrogate pairs';
    if (inside.length > 0) levels.push(inside);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(metadata)).byteLength;
  if (bytes > MAX_METADATA_BYTES) return `must be a JSON object of at most 16 KiB, and has ${bytes} bytes`;
  return null;
}

/** The values of an object or a list, and an object's keys. */
function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? value : Object.entries(value).flat();
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
