import auth from '../pages/auth/de.ts';
import numbers from '../pages/numbers/de.ts';
import welcome from '../pages/welcome/de.ts';
import common from './common-de.ts';
import type { FirstTexts } from './texts.ts';

export default { common, auth, numbers, welcome } satisfies FirstTexts;
