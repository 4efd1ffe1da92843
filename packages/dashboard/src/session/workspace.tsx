import { type Session, Talkturo } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { keep, kept } from './kept.ts';
import { sessionQuery } from './session.ts';

export type Mode = 'test' | 'live';
export type TeamOfSession = Session['teams'][number];

/** The team and the mode that everything on the pages is about, and the client that asks in their name. */
export interface Workspace {
  user: Session['user'];
  team: TeamOfSession;
  teams: TeamOfSession[];
  mode: Mode;
  client: Talkturo;
  /** Stands first in the key of every query: what is known of one team and mode never shows in another. */
  scope: readonly [teamId: string, mode: Mode];
  chooseTeam(teamId: string): void;
  chooseMode(mode: Mode): void;
}

const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('a page of a team is shown outside of WorkspaceProvider');
  return workspace;
}

/** For who is signed in and in at least one team. */
export function WorkspaceProvider({ children }: { children: ReactNode }) {
  const { data: session } = useQuery(sessionQuery);
  const [teamId, setTeamId] = useState(() => kept('team'));
  const [mode, setMode] = useState<Mode>(() => (kept('mode') === 'live' ? 'live' : 'test'));
  const team = session?.teams.find(({ id }) => id === teamId) ?? session?.teams[0];

  const chooseTeam = useCallback((id: string) => {
    keep('team', id);
    setTeamId(id);
  }, []);
  const chooseMode = useCallback((chosen: Mode) => {
    keep('mode', chosen);
    setMode(chosen);
  }, []);

  const workspace = useMemo<Workspace | null>(
    () =>
      session && team
        ? {
            user: session.user,
            team,
            teams: session.teams,
            mode,
            client: new Talkturo({ teamId: team.id, mode }),
            scope: [team.id, mode],
            chooseTeam,
            chooseMode,
          }
        : null,
    [session, team, mode, chooseTeam, chooseMode],
  );
  if (!workspace) return null;
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}
