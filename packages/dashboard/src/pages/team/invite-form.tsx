import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemAt } from '../../i18n/problems.ts';
import type { Role } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/form.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useInvite } from './invite.ts';
import { rolesToGive } from './what-roles-may.ts';

export function InviteForm() {
  const { t } = useTranslation(['team', 'common']);
  const { team } = useWorkspace();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const invite = useInvite({ saysProblems: false });
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!invite.isPending) invite.mutate({ email, role }, { onSuccess: () => setEmail('') });
      }}
    >
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_auto_auto]">
        <Field label={t('email')} error={problemAt(invite.error, 'email')}>
          <Input
            type="email"
            value={email}
            onChange={({ target }) => setEmail(target.value)}
            required
            maxLength={254}
            autoComplete="off"
          />
        </Field>
        <Field label={t('role')}>
          <Select value={role} onChange={({ target }) => setRole(target.value as Role)}>
            {rolesToGive(team.role).map((each) => (
              <option key={each} value={each}>
                {t(`common:team.roles.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" look="primary" busy={invite.isPending} className="sm:mt-6">
          {t('invite')}
        </Button>
      </div>
      <p className="text-sm text-muted">{t('inviteHint')}</p>
      <Problem error={invite.error} />
    </form>
  );
}
