import auth from '../pages/auth/en.ts';
import numbers from '../pages/numbers/en.ts';
import welcome from '../pages/welcome/en.ts';
import common from './common-en.ts';

/** What everybody needs at once. The German file has the same. */
export default { common, auth, numbers, welcome };
