import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { Api } from '../lib/api/client.js';
import { getMe } from '../lib/cache/get-me.js';
import { viewOf } from '../lib/cache/rows.js';
import { getConversation } from '../features/conversation/api/get-conversation.js';
import { listConversations } from '../features/inbox/api/list-conversations.js';
import { InboxPage } from './pages/inbox-page.js';
import { NotFoundPage, RouteFailed } from './pages/not-found-page.js';
import { Shell } from './shell/shell.js';
import { conversationsSearch, reportSearch, waitsSearch } from '../features/reports/model/query.js';

interface RouterContext {
  api: Api;
  client: QueryClient;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFoundPage, errorComponent: RouteFailed });

const login = createRoute({ getParentRoute: () => root, path: '/login', validateSearch: (search) => optional('next', text(search['next'])), component: lazyRouteComponent(() => import('../features/session/components/login-page.js'), 'LoginPage') });
const setUp = createRoute({ getParentRoute: () => root, path: '/setup', component: lazyRouteComponent(() => import('../features/setup/components/set-up-page.js'), 'SetUpPage') });
const invite = createRoute({ getParentRoute: () => root, path: '/invite', component: lazyRouteComponent(() => import('../features/session/components/invite-page.js'), 'InvitePage') });

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  loader: ({ context }) => context.client.ensureQueryData(getMe(context.api)),
  errorComponent: RouteFailed,
});
const home = createRoute({ getParentRoute: () => app, path: '/', beforeLoad: () => { throw redirect({ to: '/inbox/$view', params: { view: 'waiting' }, replace: true }); } });
const inboxSearch = (search: Record<string, unknown>) => ({ ...optional('at', text(search['at'])), ...(search['side'] === 'customer' ? { side: 'customer' as const } : {}) });
const checkView = ({ params }: { params: { view: string } }) => {
  if (viewOf(params.view) === undefined) throw redirect({ to: '/inbox/$view', params: { view: 'waiting' }, replace: true });
};
const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox/$view',
  component: InboxPage,
  beforeLoad: checkView,
  validateSearch: inboxSearch,
  // Asked for at the same time as the account, not after it; the list waits for neither.
  loader: ({ context, params }) => {
    const view = viewOf(params.view);
    if (view !== undefined) void context.client.prefetchInfiniteQuery(listConversations(context.api, view));
  },
});
const conversation = createRoute({
  getParentRoute: () => inbox,
  path: '/$conversationId',
  validateSearch: inboxSearch,
  loader: ({ context, params }) => void context.client.prefetchQuery(getConversation(context.api, context.client, params.conversationId)),
});
const permalink = createRoute({
  getParentRoute: () => app,
  path: '/c/$conversationId',
  validateSearch: (search) => optional('at', text(search['at'])),
  beforeLoad: ({ params, search }) => { throw redirect({ to: '/inbox/$view/$conversationId', params: { view: 'open', conversationId: params.conversationId }, search, replace: true }); },
});
const search = createRoute({ getParentRoute: () => app, path: '/search', validateSearch: (found) => optional('q', text(found['q'])), component: lazyRouteComponent(() => import('../features/search/components/search-page.js'), 'SearchPage') });
const customers = createRoute({ getParentRoute: () => app, path: '/customers', validateSearch: (found) => optional('q', text(found['q'])), component: lazyRouteComponent(() => import('../features/customers/components/customers-page.js'), 'CustomersPage') });
const customer = createRoute({ getParentRoute: () => app, path: '/customers/$customerId', component: lazyRouteComponent(() => import('./pages/customer-page.js'), 'CustomerPage') });
const wallSearch = (found: Record<string, unknown>) => ({ ...optional('team', text(found['team'])), ...optional('channel', text(found['channel'])), ...(text(found['screen']) === '1' ? { screen: 1 as const } : {}) });
const wall = createRoute({ getParentRoute: () => app, path: '/wall', validateSearch: wallSearch, component: lazyRouteComponent(() => import('../features/wall/components/wall-page.js'), 'WallPage') });
const reports = createRoute({ getParentRoute: () => app, path: '/reports', validateSearch: reportSearch, component: lazyRouteComponent(() => import('../features/reports/components/reports-page.js'), 'ReportsPage') });
const reportWaits = createRoute({ getParentRoute: () => app, path: '/reports/waits', validateSearch: waitsSearch, component: lazyRouteComponent(() => import('../features/reports/components/waits-page.js'), 'WaitsPage') });
const reportConversations = createRoute({ getParentRoute: () => app, path: '/reports/conversations', validateSearch: conversationsSearch, component: lazyRouteComponent(() => import('../features/reports/components/conversations-page.js'), 'ConversationsPage') });
const staffing = createRoute({ getParentRoute: () => app, path: '/reports/staffing', validateSearch: texts(['team', 'channel', 'weeks', 'share', 'target', 'handling', 'concurrent']), component: lazyRouteComponent(() => import('../features/staffing/components/staffing-page.js'), 'StaffingPage') });
const settings = createRoute({ getParentRoute: () => app, path: '/settings', component: lazyRouteComponent(() => import('../features/settings/components/settings-frame.js'), 'SettingsFrame') });
const settingsHome = createRoute({ getParentRoute: () => settings, path: '/', component: lazyRouteComponent(() => import('../features/settings/components/settings-frame.js'), 'SettingsHome') });
const channels = createRoute({ getParentRoute: () => settings, path: '/channels', component: lazyRouteComponent(() => import('../features/settings/components/channels-page.js'), 'ChannelsPage') });
const channelNew = createRoute({ getParentRoute: () => settings, path: '/channels/new/$kind', component: lazyRouteComponent(() => import('../features/settings/components/channel-pages.js'), 'NewChannelPage') });
const channelEdit = createRoute({ getParentRoute: () => settings, path: '/channels/$channelId', component: lazyRouteComponent(() => import('../features/settings/components/channel-pages.js'), 'ChannelPage') });
const team = createRoute({ getParentRoute: () => settings, path: '/team', component: lazyRouteComponent(() => import('../features/settings/components/team-page.js'), 'TeamPage') });
const workspace = createRoute({ getParentRoute: () => settings, path: '/workspace', component: lazyRouteComponent(() => import('../features/settings/components/workspace-page.js'), 'WorkspacePage') });
const account = createRoute({ getParentRoute: () => settings, path: '/account', component: lazyRouteComponent(() => import('../features/settings/components/account-page.js'), 'AccountPage') });
const hours = createRoute({ getParentRoute: () => settings, path: '/hours', component: lazyRouteComponent(() => import('../features/settings/components/calendars-page.js'), 'CalendarsPage') });
const calendar = createRoute({ getParentRoute: () => settings, path: '/hours/$calendarId', component: lazyRouteComponent(() => import('../features/settings/components/calendars-editor-page.js'), 'CalendarPage') });
const targets = createRoute({ getParentRoute: () => settings, path: '/targets', component: lazyRouteComponent(() => import('../features/settings/components/targets-page.js'), 'TargetsPage') });
const reportRules = createRoute({ getParentRoute: () => settings, path: '/reports', component: lazyRouteComponent(() => import('../features/settings/components/report-rules-page.js'), 'ReportRulesPage') });
const ledger = createRoute({ getParentRoute: () => settings, path: '/ledger', component: lazyRouteComponent(() => import('../features/settings/components/ledger-page.js'), 'LedgerPage') });
const importing = createRoute({ getParentRoute: () => settings, path: '/import', component: lazyRouteComponent(() => import('../features/settings/components/import-page.js'), 'ImportPage') });

const tree = root.addChildren([
  login, setUp, invite,
  app.addChildren([home, inbox.addChildren([conversation]), permalink, search, customers, customer, wall, reports, reportWaits, reportConversations, staffing, settings.addChildren([settingsHome, channels, channelNew, channelEdit, team, workspace, hours, calendar, targets, reportRules, account, ledger, importing])]),
]);

/** The screens by URL. The URL holds what is selected; what is behind Settings, Search and signing in is loaded when asked for. */
export function createAppRouter(context: RouterContext) {
  return createRouter({ routeTree: tree, context, defaultPreload: false, defaultErrorComponent: RouteFailed, scrollRestoration: false });
}


function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}

/** The named parameters that say something. */
function texts<K extends string>(names: readonly K[]): (found: Record<string, unknown>) => Partial<Record<K, string>> {
  return (found) => Object.assign({}, ...names.map((name) => optional(name, text(found[name])))) as Partial<Record<K, string>>;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
