import { RefusalError } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { queryClient } from '../../api/query-client.ts';
import { keep } from '../../session/kept.ts';
import { forgetSession, sessionQuery } from '../../session/session.ts';
import { Button, LinkButton, TextLink } from '../../ui/button.tsx';
import { Notice, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { DoorPage } from './door-page.tsx';

const route = getRouteApi('/doors/invitations/accept');

/** Codes after which the same link never works for this person. */
const FINAL = ['not_found', 'invitation_used', 'invitation_expired', 'already_member'];

export function AcceptInvitationPage() {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const { token } = route.useSearch();
  const session = useQuery(sessionQuery);

  // For who has to make an account first: the link in the mail about that leads to the start page.
  useEffect(() => {
    if (token !== undefined) keep('invitation', token);
  }, [token]);

  const accept = useMutation({
    mutationFn: (token: string) => api.invitations.accept({ token }),
    onSuccess: async ({ team }) => {
      keep('invitation', null);
      keep('team', team.id);
      await queryClient.invalidateQueries(sessionQuery);
      toast(t('invitation.joined', { team: team.name }));
      await navigate({ to: '/' });
    },
    onError: (error) => {
      if (error instanceof RefusalError && FINAL.includes(error.code)) keep('invitation', null);
    },
  });
  const leave = () => {
    keep('invitation', null);
    void navigate({ to: '/' });
  };
  const signInAsAnother = useMutation({
    mutationFn: () => api.auth.signOut(),
    onSuccess: async () => {
      forgetSession();
      await navigate({ to: '/sign-in', search: { next: `/invitations/accept?token=${token}` } });
    },
  });

  if (token === undefined) {
    return (
      <DoorPage title={t('invitation.title')}>
        <Notice tone="warn">{t('invitation.noToken')}</Notice>
      </DoorPage>
    );
  }
  if (session.isPending) return <Waiting />;
  const next = `/invitations/accept?token=${encodeURIComponent(token)}`;
  if (!session.data) {
    return (
      <DoorPage title={t('invitation.title')} lead={t('invitation.lead')}>
        <div className="flex flex-wrap gap-2">
          <LinkButton look="primary" to="/sign-in" search={{ next }}>
            {t('signIn.action')}
          </LinkButton>
          <LinkButton to="/sign-up" search={{ next }}>
            {t('signUp.action')}
          </LinkButton>
        </div>
      </DoorPage>
    );
  }
  return (
    <DoorPage
      title={t('invitation.title')}
      lead={
        <>
          {t('invitation.lead')} {t('invitation.signedInAs', { email: session.data.user.email })}
        </>
      }
    >
      <Problem error={accept.error} />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => accept.mutate(token)} busy={accept.isPending}>
          {t('invitation.action')}
        </Button>
        <Button look="quiet" onClick={leave}>
          {t('invitation.leave')}
        </Button>
      </div>
      {accept.error && (
        <p className="text-sm">
          <TextLink
            to="/sign-in"
            onClick={(event) => {
              event.preventDefault();
              signInAsAnother.mutate();
            }}
          >
            {t('invitation.other')}
          </TextLink>
        </p>
      )}
    </DoorPage>
  );
}
