import type { WebhookEndpoint } from '@talkturo/client';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { toastProblem } from '../../ui/problem-toast.ts';
import { toast } from '../../ui/toast.tsx';
import { EndpointDialog } from './endpoint-form.tsx';
import { type EndpointDraft, useEndpointChange } from './queries.ts';
import { RotateSecret } from './rotate-secret.tsx';

type Open = 'edit' | 'rotate' | 'delete' | null;

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation(['webhooks', 'common']);
  const { client } = useWorkspace();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const { id, url } = endpoint;
  const test = useEndpointChange(() => client.webhookEndpoints.test(id));
  const update = useEndpointChange((draft: EndpointDraft) => client.webhookEndpoints.update(id, draft));
  const remove = useEndpointChange(() => client.webhookEndpoints.delete(id));
  const close = () => {
    setOpen(null);
    update.reset();
    remove.reset();
  };
  const sendTest = () =>
    test.mutate(undefined, {
      onSuccess: ({ delivery }) => {
        const attempt = delivery.attempts.at(-1);
        const answer = String(attempt?.response_status ?? '');
        if (delivery.status === 'succeeded') toast(t('testOk', { status: answer }));
        else toast(t('testFailed', { reason: attempt?.error ?? answer }), 'danger');
      },
      onError: toastProblem,
    });
  const save = (draft: EndpointDraft) =>
    update.mutate(draft, {
      onSuccess: () => {
        setOpen(null);
        toast(t('saved'));
      },
    });
  const destroy = () =>
    remove.mutate(undefined, {
      onSuccess: async () => {
        await navigate({ to: '/webhooks' });
        toast(t('deleted'));
      },
    });
  return (
    <>
      <Button busy={test.isPending} onClick={sendTest}>
        <Send aria-hidden className="size-4" />
        {t('test')}
      </Button>
      <Button onClick={() => setOpen('edit')}>{t('edit')}</Button>
      <Menu
        align="end"
        trigger={
          <Button aria-label={t('moreActions')} className="px-2.5!">
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        <MenuItem onSelect={() => setOpen('rotate')}>{t('rotate')}</MenuItem>
        <MenuLine />
        <MenuItem onSelect={() => setOpen('delete')}>{t('delete')}</MenuItem>
      </Menu>
      {open === 'edit' && (
        <EndpointDialog
          title={t('editTitle')}
          action={t('common:save')}
          endpoint={endpoint}
          onClose={close}
          onSave={save}
          busy={update.isPending}
          error={update.error}
        />
      )}
      <RotateSecret id={id} open={open === 'rotate'} onClose={close} />
      <Confirm
        open={open === 'delete'}
        onClose={close}
        title={t('deleteTitle')}
        action={t('delete')}
        onConfirm={destroy}
        busy={remove.isPending}
        error={remove.error}
      >
        <p className="wrap-anywhere">{t('deleteWhat', { url })}</p>
      </Confirm>
    </>
  );
}
