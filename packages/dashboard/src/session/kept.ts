/*
 * What this browser keeps over a reload. A browser that keeps nothing for this site still works, and forgets.
 */

type Name = 'theme' | 'language' | 'team' | 'mode' | 'invitation' | `purchases.${string}`;

export function kept(name: Name): string | null {
  try {
    return localStorage.getItem(`talkturo.${name}`);
  } catch {
    return null;
  }
}

/** @param value null: forget it */
export function keep(name: Name, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`talkturo.${name}`);
    else localStorage.setItem(`talkturo.${name}`, value);
  } catch {
    // Nothing is kept here.
  }
}
