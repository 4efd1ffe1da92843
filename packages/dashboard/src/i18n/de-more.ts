import activity from '../pages/activity/de.ts';
import apiKeys from '../pages/api-keys/de.ts';
import assistants from '../pages/assistants/de.ts';
import campaigns from '../pages/campaigns/de.ts';
import operator from '../pages/operator/de.ts';
import overview from '../pages/overview/de.ts';
import plan from '../pages/plan/de.ts';
import team from '../pages/team/de.ts';
import webhooks from '../pages/webhooks/de.ts';
import problems from './problems-de.ts';
import type { MoreTexts, Problems } from './texts.ts';

export default {
  assistants,
  campaigns,
  team,
  apiKeys,
  webhooks,
  activity,
  plan,
  overview,
  operator,
  problems,
} satisfies MoreTexts & Problems;
