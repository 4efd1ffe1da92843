import activity from '../pages/activity/en.ts';
import apiKeys from '../pages/api-keys/en.ts';
import assistants from '../pages/assistants/en.ts';
import campaigns from '../pages/campaigns/en.ts';
import operator from '../pages/operator/en.ts';
import overview from '../pages/overview/en.ts';
import plan from '../pages/plan/en.ts';
import team from '../pages/team/en.ts';
import webhooks from '../pages/webhooks/en.ts';

/** What comes with the first page that needs it: one line for each page. The German file has the same. */
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
};
