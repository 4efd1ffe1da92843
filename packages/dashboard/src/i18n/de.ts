import activity from '../pages/activity/de.ts';
import apiKeys from '../pages/api-keys/de.ts';
import assistants from '../pages/assistants/de.ts';
import auth from '../pages/auth/de.ts';
import campaigns from '../pages/campaigns/de.ts';
import numbers from '../pages/numbers/de.ts';
import operator from '../pages/operator/de.ts';
import overview from '../pages/overview/de.ts';
import plan from '../pages/plan/de.ts';
import team from '../pages/team/de.ts';
import webhooks from '../pages/webhooks/de.ts';
import welcome from '../pages/welcome/de.ts';
import common from './common-de.ts';
import problems from './problems-de.ts';
import type { LanguageFile } from './texts.ts';

export default {
  common,
  auth,
  numbers,
  assistants,
  campaigns,
  team,
  apiKeys,
  webhooks,
  activity,
  plan,
  overview,
  operator,
  welcome,
  problems,
} satisfies LanguageFile;
