const MIN_CHARACTERS = 10;

/** The server's rule, said before anything is sent. */
export function isLongEnough(password: string): boolean {
  return [...password].length >= MIN_CHARACTERS;
}
