import { useSuspenseQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import type { Me } from '../shapes.js';
import { getMe } from './get-me.js';

/** Who is signed in, with everything that comes along. Below the signed-in part of the app it is always there. */
export function useMe(): Me {
  const api = useApi();
  return useSuspenseQuery(getMe(api)).data;
}
