import { type LucideIcon, Phone } from 'lucide-react';
import type { Role } from '../session/roles.ts';

interface NavigationEntry {
  to: '/numbers';
  /** Its name is `nav.<name>` in the texts. */
  name: 'numbers';
  icon: LucideIcon;
  /** The least role that sees it; everybody where it is left out. */
  role?: Role;
}

/** The main navigation, one line for each page. */
export const NAVIGATION: readonly NavigationEntry[] = [{ to: '/numbers', name: 'numbers', icon: Phone }];
