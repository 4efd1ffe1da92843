import activity from '../pages/activity/en.ts';
import apiKeys from '../pages/api-keys/en.ts';
import assistants from '../pages/assistants/en.ts';
import auth from '../pages/auth/en.ts';
import campaigns from '../pages/campaigns/en.ts';
import numbers from '../pages/numbers/en.ts';
import operator from '../pages/operator/en.ts';
import overview from '../pages/overview/en.ts';
import plan from '../pages/plan/en.ts';
import team from '../pages/team/en.ts';
import webhooks from '../pages/webhooks/en.ts';
import welcome from '../pages/welcome/en.ts';
import common from './common-en.ts';

/** One line for each page; the German file has the same. */
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
};
