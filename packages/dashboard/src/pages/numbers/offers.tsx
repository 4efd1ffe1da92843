import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sumOf, useMoney } from '../../format/money.ts';
import { usePhones } from '../../format/phone.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Flag } from '../../ui/flag.tsx';
import { Badge, Card, EmptyState, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { nearbyQuery, type Offer, type OfferWish, offersQuery } from './offer-queries.ts';
import type { Purchase } from './purchases.ts';

interface OffersProps {
  /** Null where the form has something to say first. */
  wish: OfferWish | null;
  purchases: readonly Purchase[];
  onBuy: (offers: readonly Offer[]) => void;
  onAreaCode: (areaCode: string) => void;
}

export function Offers({ wish, ...rest }: OffersProps) {
  return wish && <OffersFor key={JSON.stringify(wish)} wish={wish} {...rest} />;
}

function OffersFor({ wish, purchases, onBuy, onAreaCode }: OffersProps & { wish: OfferWish }) {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const offers = useQuery(offersQuery(workspace, wish));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  // What is being bought is no longer on offer; what failed may be again.
  const taken = new Set(
    purchases.filter(({ step }) => step !== 'failed').map(({ phoneNumber }) => phoneNumber),
  );
  const free = offers.data?.filter(({ phoneNumber }) => !taken.has(phoneNumber));
  const picked = free?.filter(({ phoneNumber }) => selected.has(phoneNumber)) ?? [];
  useEffect(() => {
    if (offers.data) setSelected(new Set());
  }, [offers.data]);

  if (offers.isPending) {
    return (
      <Card>
        <Waiting lines={6} />
      </Card>
    );
  }
  if (offers.error) return <Problem error={offers.error} onRetry={() => void offers.refetch()} />;
  if (!free || free.length === 0) return <NothingOnOffer wish={wish} onBuy={onBuy} onAreaCode={onAreaCode} />;

  const toggle = (phoneNumber: string) => {
    const next = new Set(selected);
    if (!next.delete(phoneNumber)) next.add(phoneNumber);
    setSelected(next);
  };
  return (
    <section aria-label={t('offers.title')}>
      <p role="status" className="mb-2 text-sm text-muted">
        {t('offers.found', { count: free.length })}
      </p>
      <ul className="divide-y divide-line rounded-box border border-line bg-surface">
        {free.map((offer) => (
          <OfferRow
            key={offer.phoneNumber}
            offer={offer}
            wanted={wish.contains}
            isSelected={selected.has(offer.phoneNumber)}
            onToggle={() => toggle(offer.phoneNumber)}
            onBuy={() => onBuy([offer])}
          />
        ))}
      </ul>
      {picked.length > 0 && (
        <SelectionBar offers={picked} onBuy={() => onBuy(picked)} onClear={() => setSelected(new Set())} />
      )}
    </section>
  );
}

interface OfferRowProps {
  offer: Offer;
  /** The digits that were looked for, which are marked. */
  wanted: string;
  isSelected: boolean;
  onToggle: () => void;
  onBuy: () => void;
}

function OfferRow({ offer, wanted, isSelected, onToggle, onBuy }: OfferRowProps) {
  const { t } = useTranslation(['numbers', 'common']);
  const { money, monthly } = useMoney();
  const formatPhone = usePhones();
  const { national, country } = formatPhone(offer.phoneNumber);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <label className="flex min-w-56 flex-1 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={isSelected}
          onChange={onToggle}
          className="size-4.5 shrink-0 accent-accent"
        />
        <Flag country={country} />
        <span className="tabular font-medium whitespace-nowrap">
          <Marked text={national} digits={wanted} />
        </span>
      </label>
      <span className="flex flex-wrap gap-1.5">
        {offer.features.map((feature) => (
          <Badge key={feature}>{t(`feature.${feature as 'voice'}`, { defaultValue: feature })}</Badge>
        ))}
      </span>
      <span className="tabular min-w-36 flex-1 pl-7.5 text-sm sm:flex-none sm:pl-0 sm:text-right">
        <span className="block font-medium">{monthly(offer.monthlyPrice)}</span>
        <span className="block text-muted">{t('offers.setup', { price: money(offer.setupPrice) })}</span>
      </span>
      <Button onClick={onBuy} aria-label={t('offers.buyOne', { number: national })}>
        {t('offers.buy')}
      </Button>
    </li>
  );
}

/** Marks the digits that were looked for, whatever stands between them. */
function Marked({ text, digits }: { text: string; digits: string }) {
  const match = digits === '' ? null : new RegExp([...digits].join('\\D*')).exec(text);
  if (!match) return text;
  const end = match.index + match[0].length;
  return (
    <>
      {text.slice(0, match.index)}
      <mark className="rounded-sm bg-accent-soft text-accent">{text.slice(match.index, end)}</mark>
      {text.slice(end)}
    </>
  );
}

function SelectionBar({
  offers,
  onBuy,
  onClear,
}: {
  offers: readonly Offer[];
  onBuy: () => void;
  onClear: () => void;
}) {
  const { t } = useTranslation(['numbers', 'common']);
  const { monthly } = useMoney();
  return (
    <div className="sticky bottom-3 z-10 mt-3 flex flex-wrap items-center gap-3 rounded-box border border-line bg-surface px-4 py-3 shadow-pop">
      <p role="status" className="flex-1 text-sm">
        {t('offers.selected', { count: offers.length })} ·{' '}
        <span className="tabular font-medium">{monthly(sumOf(offers.map((each) => each.monthlyPrice)))}</span>
      </p>
      <Button look="quiet" onClick={onClear}>
        {t('offers.clear')}
      </Button>
      <Button look="primary" onClick={onBuy}>
        {t('offers.buyMany', { count: offers.length })}
      </Button>
    </div>
  );
}

/** No stock: what is near, or what else to try. */
function NothingOnOffer({
  wish,
  onBuy,
  onAreaCode,
}: { wish: OfferWish } & Pick<OffersProps, 'onBuy' | 'onAreaCode'>) {
  const { t } = useTranslation(['numbers', 'common']);
  const { monthly } = useMoney();
  const formatPhone = usePhones();
  const workspace = useWorkspace();
  const canAsk = wish.areaCode !== '' && wish.type === 'local';
  const nearby = useQuery({ ...nearbyQuery(workspace, wish), enabled: canAsk });
  return (
    <div className="space-y-4">
      <EmptyState
        icon={<SearchX />}
        title={wish.areaCode === '' ? t('offers.none') : t('offers.noneIn', { areaCode: wish.areaCode })}
      >
        {wish.contains === '' ? t('offers.noneHint') : t('offers.noneHintContains')}
      </EmptyState>
      {canAsk && nearby.isPending && <Waiting />}
      {nearby.error && <Problem error={nearby.error} onRetry={() => void nearby.refetch()} />}
      {nearby.data && nearby.data.length > 0 && (
        <Card title={t('nearby.title')}>
          <ul className="divide-y divide-line">
            {nearby.data.map(({ area_code, place, distance_km, count, numbers }) => (
              <li key={area_code} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
                <p className="min-w-48 flex-1">
                  <span className="font-medium">{t('nearby.area', { areaCode: area_code, place })}</span>
                  <span className="block text-sm text-muted">
                    {distance_km === 0 ? t('nearby.same') : t('nearby.away', { km: distance_km })} ·{' '}
                    {t('nearby.count', { count })}
                    {numbers[0] && ` · ${monthly(numbers[0].monthlyPrice)}`}
                  </span>
                </p>
                {numbers[0] && (
                  <Button look="quiet" onClick={() => onBuy(numbers.slice(0, 1))}>
                    {t('nearby.buy', { number: formatPhone(numbers[0].phoneNumber).national })}
                  </Button>
                )}
                <Button onClick={() => onAreaCode(area_code)}>
                  {t('nearby.show', { areaCode: area_code })}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {nearby.data?.length === 0 && <p className="text-center text-muted">{t('nearby.none')}</p>}
    </div>
  );
}
