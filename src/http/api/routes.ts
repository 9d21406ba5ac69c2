import type { ApiContext } from './context.js';
import { calendarRoutes } from './routes-calendars.js';
import { channelRoutes } from './routes-channels.js';
import { conversationActionRoutes } from './routes-conversation-actions.js';
import { conversationRoutes } from './routes-conversations.js';
import { customerRoutes } from './routes-customers.js';
import { fileRoutes } from './routes-files.js';
import { importRoutes } from './routes-import.js';
import { liveRoutes } from './routes-live.js';
import { meRoutes } from './routes-me.js';
import { messageRoutes } from './routes-messages.js';
import { reportRoutes } from './routes-reports.js';
import { savedReportRoutes } from './routes-saved-reports.js';
import { signInRoutes } from './routes-sign-in.js';
import { takeAwayRoutes } from './routes-take-away.js';
import { staffingRoutes } from './routes-staffing.js';
import { targetRoutes } from './routes-targets.js';
import { teamRoutes } from './routes-team.js';
import { wallRoutes } from './routes-wall.js';
import { workspaceRoutes } from './routes-workspace.js';
import type { Route } from './route.js';

/** The whole table of `/api/v1`: served, documented and tested from this one list. */
export function apiRoutes(context: ApiContext): Route[] {
  return [
    ...signInRoutes(context), ...meRoutes(context), ...conversationRoutes(context), ...conversationActionRoutes(context), ...messageRoutes(context), ...fileRoutes(context),
    ...customerRoutes(context), ...teamRoutes(context), ...channelRoutes(context), ...calendarRoutes(context), ...workspaceRoutes(context), ...liveRoutes(context), ...targetRoutes(context), ...wallRoutes(context),
    ...(context.history === undefined ? [] : importRoutes(context, context.history)),
    ...(context.reports === undefined ? [] : reportRoutes(context, context.reports)),
    ...(context.staffing === undefined ? [] : staffingRoutes(context, context.staffing)),
    ...(context.takeAway === undefined ? [] : [...savedReportRoutes(context, context.takeAway.saved), ...takeAwayRoutes(context, context.takeAway)]),
  ];
}
