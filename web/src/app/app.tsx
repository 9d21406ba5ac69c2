import { useState } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ToasterProvider } from '../components/toaster.js';
import { ApiProvider } from '../lib/api/api-context.js';
import { createApi } from '../lib/api/client.js';
import { KeyboardProvider } from '../lib/keys/use-keys.js';
import { createQueryClient } from './query-client.js';
import { createAppRouter } from './router.js';
import { theme } from './theme.js';
import { themeManager } from './theme-manager.js';

/** Everything, in the order in which one needs the other. */
export function App() {
  const [{ api, client, router }] = useState(() => {
    const queryClient = createQueryClient();
    const theApi = createApi(() => signedOut());
    const theRouter = createAppRouter({ api: theApi, client: queryClient });
    const signedOut = () => {
      const open = ['/login', '/setup', '/invite'].some((path) => theRouter.state.location.pathname.startsWith(path));
      if (open) return;
      const next = theRouter.state.location.href;
      queryClient.clear();
      void theRouter.navigate({ to: '/login', search: { next } });
    };
    return { api: theApi, client: queryClient, router: theRouter };
  });
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={themeManager} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <ApiProvider api={api}>
          <KeyboardProvider>
            <ToasterProvider>
              <RouterProvider router={router} />
            </ToasterProvider>
          </KeyboardProvider>
        </ApiProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
