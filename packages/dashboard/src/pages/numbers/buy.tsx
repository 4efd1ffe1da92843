import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { TextLink } from '../../ui/button.tsx';
import { Notice, Page } from '../../ui/page.tsx';
import { BuyDialog } from './buy-dialog.tsx';
import { BuySearchForm } from './buy-search-form.tsx';
import { type Offer, wishOf } from './offer-queries.ts';
import { Offers } from './offers.tsx';
import { PurchaseList } from './purchase-list.tsx';
import {
  type Buyer,
  purchasesOf,
  resumePurchases,
  startPurchase,
  subscribeToPurchases,
} from './purchases.ts';
import { refreshNumbers, teamQuery } from './queries.ts';
import { dialled } from './vanity.ts';

const route = getRouteApi('/signed-in/app/numbers/buy');

/** Search, see the price, buy, watch it become yours, and go on to the next one. */
export function BuyPage() {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const wish = useMemo(() => wishOf(search, dialled), [search]);
  const [chosen, setChosen] = useState<readonly Offer[]>([]);

  const { client, scope, mode } = workspace;
  const buyer = useMemo<Buyer>(
    () => ({ client, scope, onSettled: () => void refreshNumbers({ scope }) }),
    [client, scope],
  );
  const purchases = useSyncExternalStore(subscribeToPurchases, () => purchasesOf(scope));
  useEffect(() => resumePurchases(buyer), [buyer]);

  const confirm = () => {
    for (const offer of chosen) startPurchase(buyer, offer);
    setChosen([]);
  };

  return (
    <Page
      title={t('buyPage.title')}
      lead={mode === 'test' ? t('buyPage.leadTest') : t('buyPage.lead')}
      trail={<TextLink to="/numbers">{t('title')}</TextLink>}
    >
      <div className="space-y-6">
        <PlanNotice />
        <PurchaseList buyer={buyer} purchases={purchases} />
        <BuySearchForm
          // What stands in the address goes before what was typed.
          key={JSON.stringify(search)}
          search={search}
          onSearch={(next) => void navigate({ search: next })}
        />
        <Offers
          wish={wish}
          purchases={purchases}
          onBuy={setChosen}
          onAreaCode={(areaCode) => void navigate({ search: { ...search, areaCode } })}
        />
      </div>
      <BuyDialog offers={chosen} onClose={() => setChosen([])} onConfirm={confirm} />
    </Page>
  );
}

/** At the limit: what the plan allows, and what to do. Said before anybody has searched. */
function PlanNotice() {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const team = useQuery(teamQuery(workspace));
  const usage = team.data?.numbers[workspace.mode];
  if (!usage || usage.held < usage.limit) return null;
  return (
    <Notice
      tone="warn"
      title={t('limit.title', { count: usage.limit })}
      action={<TextLink to="/numbers">{t('limit.look')}</TextLink>}
    >
      {t('limit.todo')}
    </Notice>
  );
}
