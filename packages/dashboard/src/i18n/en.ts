import apiKeys from '../pages/api-keys/en.ts';
import assistants from '../pages/assistants/en.ts';
import auth from '../pages/auth/en.ts';
import campaigns from '../pages/campaigns/en.ts';
import numbers from '../pages/numbers/en.ts';
import team from '../pages/team/en.ts';
import welcome from '../pages/welcome/en.ts';
import common from './common-en.ts';

/** One line for each page; the German file has the same. */
export default { common, auth, numbers, assistants, campaigns, team, apiKeys, welcome };
