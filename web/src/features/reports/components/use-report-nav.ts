import { useCallback, useMemo } from 'react';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useMe } from '../../../lib/cache/use-me.js';
import { conversationsAddress, reportQuery, waitsAddress, type ConversationSort, type ReportQuery, type ReportSearch } from '../model/query.js';

/** A report's address, what it asks the API for, and the ways from here. */
export interface ReportNav {
  search: ReportSearch;
  query: ReportQuery;
  /** Another report in place of this one. */
  show: (search: ReportSearch) => void;
  /** The address of the waits that a number stands for. */
  waits: (pick: string) => string;
  /** The address of the conversations that a number stands for. */
  conversations: (pick: string, sort?: ConversationSort) => string;
  /** Goes to an address made by `waits` or `conversations`. */
  open: (href: string) => void;
}

/** @param now the moment from which "the last 28 days" count; a whole minute will do. */
export function useReportNav(search: ReportSearch, now: number): ReportNav {
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const zone = me.workspace.hours.timeZone;
  const query = useMemo(() => reportQuery(search, { now, zone }), [search, now, zone]);
  const show = useCallback((next: ReportSearch) => void navigate({ to: '/reports', search: next, replace: true }), [navigate]);
  const waits = useCallback((pick: string) => waitsAddress(search, pick), [search]);
  const conversations = useCallback((pick: string, sort?: ConversationSort) => conversationsAddress(search, pick, sort), [search]);
  const open = useCallback((href: string) => router.history.push(href), [router]);
  return { search, query, show, waits, conversations, open };
}
