import { useCallback } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from './api/api-context.js';
import { keys } from './cache/keys.js';
import { useMe } from './cache/use-me.js';
import type { Me } from './shapes.js';

type Preferences = Me['preferences'];

/** Theme and density, as they are kept with the account. */
export function usePreferences() {
  const me = useMe();
  const api = useApi();
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const { mutate } = useMutation({
    mutationFn: (preferences: Preferences) => api.send('PATCH', '/me', { preferences }),
    // What was chosen holds on this screen even when it could not be kept.
    onMutate: (preferences) => client.setQueryData<Me>(keys.me, (known) => (known === undefined ? undefined : { ...known, preferences: { ...known.preferences, ...preferences } })),
  });
  const setTheme = useCallback(
    (theme: 'light' | 'dark' | 'auto') => {
      setColorScheme(theme);
      mutate({ theme });
    },
    [mutate, setColorScheme],
  );
  const setCompact = useCallback((compact: boolean) => mutate({ density: compact ? 'compact' : 'normal' }), [mutate]);
  return { theme: me.preferences.theme ?? 'auto', setTheme, compact: me.preferences.density === 'compact', setCompact };
}
