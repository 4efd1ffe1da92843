/** The connection that a number's calls should use: its assistant's, else its own, else none in particular. */
export function wantedConnection(
  assistant: { connectionId: string | null } | null,
  number: { connectionId: string | null },
): string | null {
  return assistant?.connectionId ?? number.connectionId;
}
