import { Outlet, useRouterState } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace, WorkspaceProvider } from '../session/workspace.tsx';
import { IconButton } from '../ui/button.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Sidebar } from './sidebar.tsx';

/** The layout of everything inside a team. */
export function Shell() {
  return (
    <WorkspaceProvider>
      <Layout />
    </WorkspaceProvider>
  );
}

function Layout() {
  const { t } = useTranslation();
  const { team, mode } = useWorkspace();
  return (
    <div className={`flex min-h-dvh flex-col ${mode === 'test' ? '[--bar:2rem]' : '[--bar:0rem]'}`}>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2 focus:shadow-pop"
      >
        {t('skip')}
      </a>
      <header className="contents">
        {mode === 'test' && (
          <p className="test-stripes sticky top-0 z-30 flex h-8 items-center justify-center px-4 text-sm font-semibold whitespace-nowrap">
            {t('mode.testBar')}
            <span className="hidden md:inline">: {t('mode.testBarMore')}</span>
          </p>
        )}
        <OnTheWay />
        <ConnectionBanner />
        <TopBar />
      </header>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <aside className="sticky top-(--bar) hidden h-[calc(100dvh-var(--bar))] w-64 shrink-0 border-r border-line bg-surface lg:block">
          <Sidebar />
        </aside>
        {/* Another team or mode is another page: nothing of the one stays in the other. */}
        <main key={`${team.id}.${mode}`} id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
    </div>
  );
}

/** A press on a link is answered at once, also where its page has yet to come. */
function OnTheWay() {
  const isLoading = useRouterState({ select: ({ status }) => status === 'pending' });
  if (!isLoading) return null;
  return <div aria-hidden className="fixed inset-x-0 top-0 z-60 h-1 animate-pulse bg-accent" />;
}

/** On narrow screens: the same navigation behind a button. */
function TopBar() {
  const { t } = useTranslation();
  const { team } = useWorkspace();
  const [open, setOpen] = useState(false);
  return (
    <div className="flex items-center gap-2 border-b border-line bg-surface px-3 py-2 lg:hidden">
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger asChild>
          <IconButton label={t('nav.menu')}>
            <MenuIcon aria-hidden className="size-5" />
          </IconButton>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
          <Radix.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] bg-surface shadow-pop outline-none"
          >
            <Radix.Title className="sr-only">{t('nav.menu')}</Radix.Title>
            <Sidebar onGo={() => setOpen(false)} />
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      <span className="min-w-0 truncate font-semibold">{team.name}</span>
    </div>
  );
}
