/** Names of everything in the query cache, in one place, because live events patch what features have fetched. */
export const keys = {
  me: ['me'] as const,
  lists: ['list'] as const,
  list: (view: string) => ['list', view] as const,
  conversations: ['conversation'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  /** The messages shown for that conversation: a window on the person's story. */
  thread: (conversationId: string) => ['thread', conversationId] as const,
  presence: (conversationId: string) => ['presence', conversationId] as const,
  customers: ['customers'] as const,
  customerList: (text: string) => ['customers', 'list', text] as const,
  customer: (id: string) => ['customer', id] as const,
  search: (text: string) => ['search', text] as const,
  channels: ['channels'] as const,
  channelTypes: ['channels', 'types'] as const,
  agents: ['agents'] as const,
  sessions: ['sessions'] as const,
  ledger: (filter: string) => ['ledger', filter] as const,
  setUp: ['setup'] as const,
  report: (query: string) => ['reports', 'report', query] as const,
  reportDefinitions: ['reports', 'definitions'] as const,
  waits: (query: string) => ['reports', 'waits', query] as const,
};
