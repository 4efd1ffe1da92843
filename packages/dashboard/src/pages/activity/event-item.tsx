import type { Event } from '@talkturo/client';
import { ArrowRight, Bot, KeyRound, RadioTower, ShieldUser, UserRound } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhones } from '../../format/phone.ts';
import { useTimes } from '../../format/time.ts';
import { TextLink } from '../../ui/button.tsx';
import { Badge } from '../../ui/page.tsx';
import { changesOf, type FieldsOfEvent, restOf } from './changes.ts';
import { useEventTypes } from './event-types.ts';
import { FieldValue, RecordLink } from './record-link.tsx';

const ICONS: Record<string, typeof Bot> = {
  key: KeyRound,
  person: UserRound,
  operator: ShieldUser,
  system: Bot,
  carrier: RadioTower,
};

/** One thing that happened: what, to what, who did it, when, and what is different since. */
export function EventItem({ event }: { event: Event }) {
  const { t, i18n } = useTranslation('activity');
  const { dateTime } = useTimes();
  const { nameOf } = useEventTypes();
  const subjectName = nameOfSubject(event, usePhones());
  const Icon = ICONS[event.actor.type] ?? Bot;
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(
    new Date(event.created_at),
  );
  return (
    <li className="flex gap-3 px-4 py-3">
      <span
        aria-hidden
        className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-muted"
      >
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h3 className="font-medium">
            {nameOf(event.type)}
            {event.type === 'access.refused' && (
              <span className="ml-2">
                <Badge tone="warn">{t('refused')}</Badge>
              </span>
            )}
          </h3>
          <time
            dateTime={event.created_at}
            title={dateTime(event.created_at)}
            className="tabular text-sm text-muted"
          >
            {time}
          </time>
        </div>
        <p className="text-sm text-muted">
          <Actor actor={event.actor} />
          {' · '}
          <RecordLink id={event.subject} name={subjectName} />
          {' · '}
          <TextLink
            to="/activity"
            search={{ subject: event.subject }}
            className="font-normal!"
            aria-label={`${t('onlyThis')}: ${subjectName ?? event.subject}`}
          >
            {t('onlyThis')}
          </TextLink>
        </p>
        <Changes event={event} />
      </div>
    </li>
  );
}

function Actor({ actor }: Pick<Event, 'actor'>) {
  const { t } = useTranslation('activity');
  const name = actor.name ?? actor.email;
  if (actor.type === 'key' || actor.type === 'person')
    return (
      <span title={actor.email ?? undefined}>
        {name === null ? t('actors.unknown') : t(`actors.${actor.type}`, { name })}
      </span>
    );
  return t(`actors.${actor.type as 'system'}`, { defaultValue: actor.type });
}

function nameOfSubject(event: Event, formatPhone: ReturnType<typeof usePhones>): string | undefined {
  const fields = [event.data, event.after, event.before].map((each) => (each ?? {}) as FieldsOfEvent);
  for (const { phone_number, name, email, url } of fields) {
    if (typeof phone_number === 'string') return formatPhone(phone_number).national;
    const text = [name, email, url].find((each) => typeof each === 'string');
    if (typeof text === 'string') return text;
  }
  return undefined;
}

function Changes({ event }: { event: Event }) {
  const { t } = useTranslation('activity');
  const changes = changesOf(event);
  const rest = restOf(event);
  if (changes.length + rest.length === 0) return null;
  return (
    <dl
      aria-label={t('changes')}
      className="mt-2 grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1 rounded-lg bg-sunken px-3 py-2 text-sm sm:w-fit"
    >
      {changes.map(({ field, before, after }) => (
        <Fragment key={field}>
          <dt className="text-muted">
            <FieldName field={field} />
          </dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 wrap-anywhere">
            {event.before !== null && (
              <>
                <span className="sr-only">{t('before')}</span>
                <span className="min-w-0">
                  <FieldValue field={field} value={before} />
                </span>
              </>
            )}
            {event.before !== null && event.after !== null && (
              <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
            )}
            {event.after !== null && (
              <>
                <span className="sr-only">{t('after')}</span>
                <span className="min-w-0 font-medium">
                  <FieldValue field={field} value={after} />
                </span>
              </>
            )}
          </dd>
        </Fragment>
      ))}
      {rest.map(({ field, value }) => (
        <Fragment key={field}>
          <dt className="text-muted">
            <FieldName field={field} />
          </dt>
          <dd className="min-w-0 wrap-anywhere">
            <FieldValue field={field} value={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** A field by its name; one that this page does not know yet as the API calls it. */
function FieldName({ field }: { field: string }) {
  const { t, i18n } = useTranslation('activity');
  const key = `fields.${field}` as 'fields.status';
  return i18n.exists(`activity:${key}`) ? t(key) : field.replaceAll('_', ' ');
}
