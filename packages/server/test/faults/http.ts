/** An answer, or none: then nobody knows what became of the request. */
export type Reply = { status: number; body: Body } | { status: null; error: string };

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Body = any;

/** Longer than any request may take, ms. */
const GIVE_UP_MS = 40_000;

/** One request as a client sends it; whatever breaks, it does not throw. */
export async function send(
  method: string,
  url: string,
  { token, body, key }: { token: string; body?: unknown; key?: string | null },
): Promise<Reply> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key) headers['idempotency-key'] = key;
  try {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    return { status: answer.status, body: await answer.json() };
  } catch (error) {
    return { status: null, error: String((error as Error).cause ?? error) };
  }
}
