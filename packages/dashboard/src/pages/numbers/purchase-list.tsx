import { PurchaseFailedError, RefusalError } from '@talkturo/client';
import { Check, CircleAlert, LoaderCircle, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { sumOf, useMoney } from '../../format/money.ts';
import { usePhones } from '../../format/phone.ts';
import { sayProblem } from '../../i18n/problems.ts';
import { Button, IconButton, LinkButton } from '../../ui/button.tsx';
import { Flag } from '../../ui/flag.tsx';
import { Card } from '../../ui/page.tsx';
import { type Buyer, dismissPurchase, type Purchase, repeatPurchase } from './purchases.ts';

/** Purchases of this browser, and how far each has come. */
export function PurchaseList({ buyer, purchases }: { buyer: Buyer; purchases: readonly Purchase[] }) {
  const { t } = useTranslation(['numbers', 'common']);
  if (purchases.length === 0) return null;
  return (
    <Card title={t('purchases.title')}>
      <ul className="divide-y divide-line">
        {purchases.map((purchase) => (
          <PurchaseRow key={purchase.key} buyer={buyer} purchase={purchase} />
        ))}
      </ul>
    </Card>
  );
}

function PurchaseRow({ buyer, purchase }: { buyer: Buyer; purchase: Purchase }) {
  const formatPhone = usePhones();
  const { t } = useTranslation(['numbers', 'common']);
  const { money } = useMoney();
  const { key, phoneNumber, step, error, numberId } = purchase;
  const { national, country } = formatPhone(phoneNumber);
  const isOver = step === 'active' || step === 'failed';
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="flex min-w-44 items-center gap-2.5">
          <Flag country={country} />
          <span className="tabular font-medium whitespace-nowrap">{national}</span>
        </p>
        <div className="min-w-56 flex-1" role="status">
          {step === 'failed' && error && (
            <p className="flex items-start gap-2 text-sm text-danger">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {error instanceof PurchaseFailedError ? t('purchases.notDelivered') : sayProblem(error)}
            </p>
          )}
          {step === 'asking' && (
            <p className="text-sm">
              {t('purchases.asking', { price: money(sumOf([purchase.setupPrice, purchase.monthlyPrice])) })}
            </p>
          )}
          {(step === 'ordering' || step === 'provisioning' || step === 'active') && <Progress step={step} />}
          {purchase.isWaiting && <p className="mt-1 text-sm text-warn">{t('purchases.waiting')}</p>}
        </div>
        {step === 'asking' && (
          <Button look="primary" onClick={() => repeatPurchase(buyer, key)}>
            {t('purchases.goOn')}
          </Button>
        )}
        {step === 'failed' && isWorthAnother(error) && (
          <Button onClick={() => repeatPurchase(buyer, key)}>{t('common:retry')}</Button>
        )}
        {step === 'active' && numberId !== null && (
          <LinkButton to="/numbers/$id" params={{ id: numberId }}>
            {t('purchases.open')}
          </LinkButton>
        )}
        {(isOver || step === 'asking') && (
          <IconButton
            label={
              step === 'asking'
                ? t('purchases.drop', { number: national })
                : t('purchases.hide', { number: national })
            }
            onClick={() => dismissPurchase(buyer.scope, key)}
          >
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
    </li>
  );
}

/** The carrier's and our own failures pass; what the plan or the number says, stays. */
function isWorthAnother(error: Error | undefined): boolean {
  return error instanceof RefusalError && (error.status >= 500 || error.status === 429);
}

const STEPS = ['ordering', 'provisioning', 'active'] as const;

function Progress({ step }: { step: (typeof STEPS)[number] }) {
  const { t } = useTranslation('numbers');
  const reached = STEPS.indexOf(step);
  return (
    <>
      <span className="sr-only">{t(`purchases.step.${step}`)}</span>
      <ol aria-hidden className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        {STEPS.map((each, index) => {
          const isDone = index < reached || step === 'active';
          const isNow = index === reached && step !== 'active';
          return (
            <li
              key={each}
              className={`flex items-center gap-1.5 ${isDone ? 'text-ok' : isNow ? 'font-medium text-ink' : 'text-muted'}`}
            >
              {index > 0 && <span className="h-px w-5 bg-line" />}
              {isDone && <Check className="size-4" />}
              {isNow && <LoaderCircle className="size-4 animate-spin" />}
              {t(`purchases.step.${each}`)}
            </li>
          );
        })}
      </ol>
    </>
  );
}
