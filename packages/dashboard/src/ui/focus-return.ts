import { useLayoutEffect, useRef } from 'react';

/** For a dialog that takes the place of another one: it goes back to where that one came from. */
let lastOpener: HTMLElement | null = null;

/** Where the focus was when a dialog opened, so that it goes back there when the dialog closes. */
export function useFocusReturn(open: boolean): (event: Event) => void {
  const opener = useRef<HTMLElement | null>(null);
  // Before the dialog's content is there, and with it anything that takes the focus.
  useLayoutEffect(() => {
    if (!open) return;
    opener.current = openerOf(document.activeElement) ?? lastOpener;
    lastOpener = opener.current;
  }, [open]);
  return (event) => {
    event.preventDefault();
    // The dialog in its place has it.
    if (document.activeElement?.closest('[role="dialog"]')) return;
    const { current } = opener;
    const place = current?.isConnected ? current : document.getElementById('content');
    place?.focus();
  };
}

/** An entry of a menu goes with its menu; the button that opened the menu stays. */
function openerOf(element: Element | null): HTMLElement | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const place = button ? document.getElementById(button) : element;
  return place instanceof HTMLElement && place !== document.body ? place : null;
}
