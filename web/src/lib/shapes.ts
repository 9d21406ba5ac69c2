/** The API's types, and nothing else of the server. */
export type {
  AgentView,
  AttachmentView,
  BriefView,
  ChannelView,
  ConversationDetail,
  ConversationRow,
  Counts,
  CustomerView,
  LiveEvents,
  Me,
  MessageView,
  MyPresence,
  SearchResult,
  TeamView,
} from '../../../src/http/api/shapes.js';
export type { CalendarView, Definition, DigestView, Figures, Imported, ListedConversation, Receipt, Recomputed, Report, SavedReportView, Staffing, TargetView, Wall } from '../../../src/http/api/shapes-reports.js';
import type { z } from 'zod';
import type { holidayCountries, listedConversations, receiptList, Report, Wall } from '../../../src/http/api/shapes-reports.js';
import type { channelType, connectionReport, ConversationRow, customerRow, CustomerView, invited, ledgerEntry, Me, MessageView, session, settingField } from '../../../src/http/api/shapes.js';

export type ChannelKind = ConversationRow['channel']['kind'];
export type Status = ConversationRow['status'];
export type Priority = ConversationRow['priority'];
export type Role = Me['agent']['role'];
export type Hours = Me['workspace']['hours'];
export type IdentityView = CustomerView['identities'][number];
export type JoinView = CustomerView['joins'][number];
export type HistoryItem = CustomerView['history'][number];
export type CustomerRow = z.infer<typeof customerRow>;
export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type SessionView = z.infer<typeof session>;
export type ChannelType = z.infer<typeof channelType>;
export type SettingField = z.infer<typeof settingField>;
export type ConnectionReport = z.infer<typeof connectionReport>;
export type Invited = z.infer<typeof invited>;
export type HolidayCountry = z.infer<typeof holidayCountries>['items'][number];
export type ReceiptPage = z.infer<typeof receiptList>;
export type ConversationPage = z.infer<typeof listedConversations>;
export type WallRow = Wall['rows'][number];
export type WallTally = Wall['teams'][number];
export type HeldBy = Report['where'][number]['by'];
export type GroupBy = NonNullable<Report['groupBy']>;
export type Delivery = NonNullable<MessageView['delivery']>;

/** A page of anything that is paged by an opaque cursor. */
export interface Page<T> {
  items: T[];
  cursor?: string;
}
