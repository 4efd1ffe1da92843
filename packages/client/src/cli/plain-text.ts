import { stripVTControlCharacters } from 'node:util';

/**
 * Text of the server as text: without escape sequences, control characters and marks that turn the direction of
 * reading, with which a label could repaint the terminal or look like another.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .trim();
}

/** JSON that a terminal may show: what JSON itself leaves as it is, and terminals act upon, is escaped. */
export function plainJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
