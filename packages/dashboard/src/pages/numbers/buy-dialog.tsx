import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isAbove, sumOf, useMoney } from '../../format/money.ts';
import { usePhones } from '../../format/phone.ts';
import { sayProblem } from '../../i18n/problems.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/page.tsx';
import type { Offer } from './offer-queries.ts';
import { sayRefusal } from './say-refusal.ts';

interface BuyDialogProps {
  offers: readonly Offer[];
  onClose: () => void;
  onConfirm: () => void;
}

/** The money, before the press that spends it. */
export function BuyDialog({ offers, onClose, onConfirm }: BuyDialogProps) {
  const formatPhone = usePhones();
  const { t } = useTranslation(['numbers', 'common']);
  return (
    <>
      {offers.length > 0 && (
        <OpenDialog
          key={offers.map(({ phoneNumber }) => phoneNumber).join()}
          offers={offers}
          onClose={onClose}
          onConfirm={onConfirm}
          title={
            offers[0] && offers.length === 1
              ? t('confirm.title', { number: formatPhone(offers[0].phoneNumber).national })
              : t('confirm.titleMany', { count: offers.length })
          }
        />
      )}
    </>
  );
}

function OpenDialog({ offers, onClose, onConfirm, title }: BuyDialogProps & { title: string }) {
  const { t } = useTranslation(['numbers', 'common']);
  const formatPhone = usePhones();
  const { money } = useMoney();
  const { client, scope, mode } = useWorkspace();
  const [first] = offers;
  const only = offers.length === 1 ? first : undefined;
  const answer = useQuery({
    queryKey: [...scope, 'eligibility', only?.phoneNumber ?? null],
    queryFn: ({ signal }) =>
      client.phoneNumbers.eligibility(only ? { phoneNumber: only.phoneNumber } : {}, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

  const setup = sumOf(offers.map(({ setupPrice }) => setupPrice));
  const monthly = sumOf(offers.map(({ monthlyPrice }) => monthlyPrice));
  const slots = answer.data?.eligibility;
  const left = slots ? slots.maxAllowed - slots.currentCount : offers.length;
  const refusal = answer.data?.refusals[0];
  const tooMany = !refusal && left < offers.length;
  const isTrial = answer.data?.asTrial === true;
  // The price may have risen since the search.
  const fresh = answer.data?.offer;
  const isDearer =
    only && fresh
      ? isAbove(fresh.monthlyPrice, only.monthlyPrice) || isAbove(fresh.setupPrice, only.setupPrice)
      : false;
  const canBuy = !refusal && !tooMany && !isDearer;

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={mode === 'test' ? t('confirm.test') : t('confirm.live')}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button look="primary" onClick={onConfirm} busy={answer.isPending} disabled={!canBuy}>
            {isTrial
              ? t('confirm.actionTrial')
              : t('confirm.action', { price: money(sumOf([setup, monthly])) })}
          </Button>
        </>
      }
    >
      <dl className="tabular space-y-2">
        {offers.length > 1 &&
          offers.map((offer) => (
            <Line key={offer.phoneNumber} name={formatPhone(offer.phoneNumber).national}>
              {t('common:perMonth', { price: money(offer.monthlyPrice) })}
            </Line>
          ))}
        <Line name={t('confirm.setup')}>{money(setup)}</Line>
        <Line name={t('confirm.monthly')}>{money(monthly)}</Line>
        <div className="flex items-baseline justify-between gap-4 border-t border-line pt-2 font-semibold">
          <dt>{t('confirm.now')}</dt>
          <dd>{money(isTrial ? '0.00' : sumOf([setup, monthly]))}</dd>
        </div>
      </dl>
      <div className="mt-4 space-y-3" aria-live="polite">
        {isTrial && <Notice tone="accent">{t('confirm.trial')}</Notice>}
        {refusal && <Notice tone="warn">{sayRefusal(refusal, slots)}</Notice>}
        {tooMany && slots && (
          <Notice tone="warn">
            {t('confirm.tooMany', {
              plan: slots.planName,
              limit: slots.maxAllowed,
              count: Math.max(0, left),
            })}
          </Notice>
        )}
        {isDearer && fresh && (
          <Notice tone="warn">
            {t('confirm.dearer', {
              price: money(fresh.monthlyPrice),
              setup: money(fresh.setupPrice),
            })}
          </Notice>
        )}
        {answer.error && <Notice tone="warn">{sayProblem(answer.error)}</Notice>}
        {slots && canBuy && (
          <p className="text-sm text-muted">
            {t('confirm.slots', {
              plan: slots.planName,
              used: slots.currentCount + offers.length,
              limit: slots.maxAllowed,
            })}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Line({ name, children }: { name: string; children: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
