import { type FormEvent, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** What a page before the door has at its top. */
export function DoorPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <>
      <h1 className="text-xl font-semibold">{title}</h1>
      {lead && <p className="mt-1 text-muted">{lead}</p>}
      <div className="mt-5 space-y-4">{children}</div>
    </>
  );
}

/** The fields of a form by their names, as text. */
export function onSubmit(act: (fields: Record<string, string>) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = [...new FormData(event.currentTarget)];
    act(Object.fromEntries(fields.map(([name, value]) => [name, String(value)])));
  };
}
