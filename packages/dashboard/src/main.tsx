import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { loadMoreTexts, startLanguage } from './i18n/i18n.ts';
import { applyTheme } from './layout/theme.ts';
import { router } from './routes.tsx';
import { Toasts } from './ui/toast.tsx';

// Dialogs and menus add styles of their own, which the server lets in by this.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce) setNonce(nonce);

applyTheme();
await startLanguage();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no place for the dashboard');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);

// Without them refusals are in English, and a page that needs them asks again.
setTimeout(() => void loadMoreTexts().catch(() => undefined));
