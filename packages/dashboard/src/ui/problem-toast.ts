import { sayProblem } from '../i18n/problems.ts';
import { toast } from './toast.tsx';

/** Says at the edge of the page what went wrong, where no form is there to say it. */
export function toastProblem(error: Error): void {
  toast(sayProblem(error), 'danger');
}
