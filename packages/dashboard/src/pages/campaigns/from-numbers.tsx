import type { Campaign } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhones } from '../../format/phone.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/form.tsx';
import { Badge, Card } from '../../ui/page.tsx';
import { Phone } from '../../ui/phone.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSavedForm } from '../../ui/saved-form.ts';
import { toast } from '../../ui/toast.tsx';
import { ChooseNumbers } from './choose-numbers.tsx';
import { noteCampaign } from './queries.ts';

/** A number that a campaign calls from, as it is filled in. */
export interface Share {
  id: string;
  phone_number: string;
  status: string;
  /** A whole number from 1 to 20, as text. */
  weight: string;
}

const MOST_WEIGHT = 20;

function sharesOf({ from_numbers }: Campaign): Share[] {
  return from_numbers.map(({ phone_number_id, phone_number, status, weight }) => ({
    id: phone_number_id,
    phone_number,
    status,
    weight: String(weight),
  }));
}

/** The numbers that a campaign calls from, each with its weight and what share of the calls that makes. */
export function FromNumbers({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['campaigns', 'common']);
  const workspace = useWorkspace();
  const { draft, set, isChanged, settle } = useSavedForm({ shares: sharesOf(campaign) });
  const [choosing, setChoosing] = useState(false);
  const { shares } = draft;
  const isFinal = campaign.status === 'completed';
  const total = shares.reduce((sum, { weight }) => sum + Number(weight), 0);
  const save = useMutation({
    mutationFn: () =>
      workspace.client.campaigns.update(campaign.id, {
        fromNumbers: shares.map(({ id, weight }) => ({ phoneNumberId: id, weight: Number(weight) })),
      }),
    onSuccess: ({ campaign: saved }) => {
      settle({ shares: sharesOf(saved) });
      toast(t('numbersSaved', { name: saved.name }));
      return noteCampaign(workspace, saved);
    },
  });
  const change = (id: string, weight: string) =>
    set({ shares: shares.map((share) => (share.id === id ? { ...share, weight } : share)) });
  const remove = (id: string) => set({ shares: shares.filter((share) => share.id !== id) });
  return (
    <Card
      title={t('numbersTitle', { count: shares.length })}
      actions={
        !isFinal && (
          <Button onClick={() => setChoosing(true)}>
            <Plus aria-hidden className="size-4" />
            {t('chooseNumbers')}
          </Button>
        )
      }
    >
      <p className="mb-3 text-sm text-muted">{shares.length === 0 ? t('noNumbers') : t('weightsLead')}</p>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          if (isChanged) save.mutate();
          else toast(t('common:nothingChanged'));
        }}
      >
        {shares.length > 0 && (
          <fieldset disabled={isFinal} className="min-w-0">
            <legend className="sr-only">{t('numbersColumn')}</legend>
            <ul className="max-h-[32rem] divide-y divide-line overflow-y-auto border-y border-line px-0.5">
              {shares.map((share) => (
                <ShareRow
                  key={share.id}
                  share={share}
                  total={total}
                  isFinal={isFinal}
                  onChange={(weight) => change(share.id, weight)}
                  onRemove={() => remove(share.id)}
                />
              ))}
            </ul>
          </fieldset>
        )}
        <Problem error={save.error} />
        {!isFinal && (shares.length > 0 || isChanged) && (
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="primary" busy={save.isPending}>
              {t('saveNumbers')}
            </Button>
            {isChanged && !save.isPending && (
              <span role="status" className="text-sm text-muted">
                {t('common:notSavedYet')}
              </span>
            )}
          </div>
        )}
      </form>
      {choosing && (
        <ChooseNumbers
          shares={shares}
          onChoose={(chosen) => set({ shares: chosen })}
          onClose={() => setChoosing(false)}
        />
      )}
    </Card>
  );
}

interface ShareRowProps {
  share: Share;
  /** All weights together. */
  total: number;
  isFinal: boolean;
  onChange: (weight: string) => void;
  onRemove: () => void;
}

function ShareRow({ share, total, isFinal, onChange, onRemove }: ShareRowProps) {
  const { t, i18n } = useTranslation('campaigns');
  const { national } = usePhones()(share.phone_number);
  const part = total > 0 ? Number(share.weight) / total : 0;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(part);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 py-2 text-sm">
      <span className="flex min-w-0 flex-1 basis-44 flex-wrap items-center gap-2">
        <Phone number={share.phone_number} />
        {share.status !== 'active' && <Badge tone="warn">{t('suspended')}</Badge>}
      </span>
      <span className="flex items-center gap-2">
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_WEIGHT}
          step={1}
          required
          aria-label={t('weightOf', { number: national })}
          value={share.weight}
          onChange={({ target }) => onChange(target.value)}
          className="w-20!"
        />
        <span className="tabular w-12 text-right text-muted">{percent}</span>
        {!isFinal && (
          <IconButton label={t('removeNumber', { number: national })} onClick={onRemove}>
            <X aria-hidden className="size-4.5" />
          </IconButton>
        )}
      </span>
    </li>
  );
}
