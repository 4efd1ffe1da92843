import {
  Bot,
  ChartColumn,
  Gauge,
  History,
  KeyRound,
  type LucideIcon,
  Megaphone,
  Phone,
  Users,
  Webhook,
} from 'lucide-react';
import type { Role } from '../session/roles.ts';

interface NavigationEntry {
  to:
    | '/numbers'
    | '/assistants'
    | '/campaigns'
    | '/overview'
    | '/activity'
    | '/webhooks'
    | '/api-keys'
    | '/team'
    | '/plan';
  /** Its name is `nav.<name>` in the texts. */
  name:
    | 'numbers'
    | 'assistants'
    | 'campaigns'
    | 'overview'
    | 'activity'
    | 'webhooks'
    | 'apiKeys'
    | 'team'
    | 'plan';
  icon: LucideIcon;
  /** The least role that sees it; everybody where it is left out. */
  role?: Role;
}

/** The main navigation, one line for each page. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/numbers', name: 'numbers', icon: Phone },
  { to: '/assistants', name: 'assistants', icon: Bot },
  { to: '/campaigns', name: 'campaigns', icon: Megaphone },
  { to: '/overview', name: 'overview', icon: ChartColumn },
  { to: '/activity', name: 'activity', icon: History },
  { to: '/webhooks', name: 'webhooks', icon: Webhook },
  { to: '/api-keys', name: 'apiKeys', icon: KeyRound, role: 'admin' },
  { to: '/team', name: 'team', icon: Users },
  { to: '/plan', name: 'plan', icon: Gauge },
];
