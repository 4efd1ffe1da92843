import { Search } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { areaCodeProblem } from '../../format/area-codes.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Choice, Field, Input } from '../../ui/form.tsx';
import { countriesIn } from './countries.tsx';
import { DEFAULT_COUNTRY, WITH_AREA_CODES } from './offer-queries.ts';
import { type BuySearch, NUMBER_TYPES } from './search-params.ts';
import { dialled } from './vanity.ts';

/** What to look for. What cannot be is said at its field, before anything is sent. */
export function BuySearchForm({
  search,
  onSearch,
}: {
  search: BuySearch;
  onSearch: (search: BuySearch) => void;
}) {
  const { t, i18n } = useTranslation(['numbers', 'common']);
  const countries = useMemo(() => countriesIn(i18n.language), [i18n.language]);
  const [country, setCountry] = useState(search.country ?? DEFAULT_COUNTRY);
  const [type, setType] = useState(search.type ?? 'local');
  const [areaCode, setAreaCode] = useState(search.areaCode ?? '');
  const [contains, setContains] = useState(search.contains ?? '');
  // While somebody types three digits, one of them is no mistake.
  const [leftAreaCode, setLeftAreaCode] = useState(areaCode !== '');

  const hasAreaCodes = WITH_AREA_CODES.includes(country);
  const problem = hasAreaCodes ? areaCodeProblem(areaCode.trim(), { country, type }) : null;
  const areaCodeError =
    problem && (leftAreaCode || areaCode.length >= 3) ? t(`search.areaCodeProblem.${problem}`) : undefined;
  const digits = dialled(contains);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeftAreaCode(true);
    if (problem || digits === null) return;
    onSearch({
      country,
      type,
      ...(hasAreaCodes && areaCode.trim() !== '' && { areaCode: areaCode.trim() }),
      ...(contains.trim() !== '' && { contains: contains.trim() }),
    });
  };

  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid items-start gap-4 rounded-box border border-line bg-surface p-5 sm:grid-cols-2 lg:grid-cols-[minmax(13rem,1.3fr)_auto_8rem_minmax(10rem,1fr)_auto]"
    >
      <Field label={t('search.country')}>
        <Combobox
          options={countries}
          value={country}
          onChange={setCountry}
          searchLabel={t('search.findCountry')}
          nothingFound={t('search.noCountry')}
        />
      </Field>
      <Choice
        label={t('columns.type')}
        value={type}
        options={NUMBER_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
        onChange={setType}
      />
      <Field
        label={t('search.areaCode')}
        error={areaCodeError}
        hint={hasAreaCodes ? undefined : t('search.noAreaCodes')}
      >
        <Input
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          placeholder={type === 'local' ? '415' : '800'}
          disabled={!hasAreaCodes}
          value={hasAreaCodes ? areaCode : ''}
          onChange={(event) => setAreaCode(event.target.value)}
          onBlur={() => setLeftAreaCode(areaCode !== '')}
        />
      </Field>
      <Field
        label={t('search.contains')}
        error={digits === null ? t('search.containsProblem') : undefined}
        hint={digits && /[a-z]/i.test(contains) ? t('search.dialled', { digits }) : t('search.containsHint')}
      >
        <Input
          autoComplete="off"
          maxLength={30}
          placeholder="FLOWERS"
          value={contains}
          onChange={(event) => setContains(event.target.value)}
        />
      </Field>
      <Button type="submit" look="primary" className="sm:mt-6">
        <Search aria-hidden className="size-4" />
        {t('search.action')}
      </Button>
    </form>
  );
}
