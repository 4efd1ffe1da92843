import { Bot, KeyRound, type LucideIcon, Megaphone, Phone, Users } from 'lucide-react';
import type { Role } from '../session/roles.ts';

interface NavigationEntry {
  to: '/numbers' | '/assistants' | '/campaigns' | '/team' | '/api-keys';
  /** Its name is `nav.<name>` in the texts. */
  name: 'numbers' | 'assistants' | 'campaigns' | 'team' | 'apiKeys';
  icon: LucideIcon;
  /** The least role that sees it; everybody where it is left out. */
  role?: Role;
}

/** The main navigation, one line for each page. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/numbers', name: 'numbers', icon: Phone },
  { to: '/assistants', name: 'assistants', icon: Bot },
  { to: '/campaigns', name: 'campaigns', icon: Megaphone },
  { to: '/team', name: 'team', icon: Users },
  { to: '/api-keys', name: 'apiKeys', icon: KeyRound, role: 'admin' },
];
