/** An address of this site to go on to; in the place of anything else, the start page. */
export function safeNext(next: string | undefined): string {
  const base = 'https://here.invalid';
  if (next === undefined || !next.startsWith('/') || !URL.canParse(next, base)) return '/';
  const { origin, pathname, search, hash } = new URL(next, base);
  // Browsers read past tabs and line breaks; and a path may itself begin with two slashes: /.//elsewhere
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
