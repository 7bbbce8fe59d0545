import './mantine.css';
import './tokens.css';
import './app.css';
import '../ui/badge.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { client, tokens } from '../api/client.js';
import { queryClient } from '../api/query-client.js';
import { App } from './App.js';
import { router } from './router.js';

// Another person's data must not stay in memory, and the app's pages must not stay on screen.
tokens.subscribe(() => {
  if (!tokens.isSignedIn()) queryClient.clear();
  void router.invalidate();
});

// After a reload: a new access token before the first request, instead of a refused one.
if (tokens.needsRenewal()) await client.session.refresh().catch(() => undefined);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
