import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { problemAt } from '../../i18n/problems.ts';
import { sessionQuery } from '../../session/session.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Card } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';

/** The name shows everywhere at once, and goes back where the server says no. */
export function TeamName() {
  const { t } = useTranslation(['team', 'common']);
  const { client, team, scope } = useWorkspace();
  const [name, setName] = useState(team.name);
  const note = (name: string) =>
    queryClient.setQueryData(
      sessionQuery.queryKey,
      (session) =>
        session && {
          ...session,
          teams: session.teams.map((each) => (each.id === team.id ? { ...each, name } : each)),
        },
    );
  const rename = useMutation({
    mutationFn: (name: string) => client.teams.update(team.id, { name }),
    onMutate: (wanted) => {
      note(wanted);
      return team.name;
    },
    onSuccess: ({ team: saved }) => {
      note(saved.name);
      toast(t('renamed', { name: saved.name }));
      return queryClient.invalidateQueries({ queryKey: [...scope, 'team'] });
    },
    onError: (_, __, before) => {
      if (before !== undefined) note(before);
    },
  });
  return (
    <Card>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (rename.isPending) return;
          if (name === team.name) toast(t('common:nothingChanged'));
          else rename.mutate(name);
        }}
      >
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_auto]">
          <Field label={t('name')} error={problemAt(rename.error, 'name')}>
            <Input
              value={name}
              onChange={({ target }) => setName(target.value)}
              required
              maxLength={100}
              pattern=".*\S.*"
              autoComplete="organization"
            />
          </Field>
          <Button type="submit" busy={rename.isPending} className="sm:mt-6">
            {t('common:save')}
          </Button>
        </div>
        <Problem error={rename.error} />
      </form>
    </Card>
  );
}
