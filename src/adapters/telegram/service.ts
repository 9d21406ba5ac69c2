import { asList, asText, field } from '../lib/read-json.js';

/**
 * Lines that the platform itself writes into a chat, by the field that makes them one; each in words. They stand in the
 * conversation and ask nobody. https://core.telegram.org/bots/api#message
 */
const lines: Readonly<Record<string, (value: unknown) => string>> = {
  new_chat_members: (value) => `${names(asList(value))} joined the group`,
  left_chat_member: (value) => `${names([value])} left the group`,
  new_chat_title: (value) => `The group is called ${asText(value) ?? '…'} now`,
  new_chat_photo: () => 'The group has a new picture',
  delete_chat_photo: () => 'The group’s picture was taken away',
  group_chat_created: () => 'The group was made',
  supergroup_chat_created: () => 'The group was made',
  pinned_message: () => 'A message was pinned',
  message_auto_delete_timer_changed: () => 'The time after which messages vanish was changed',
  forum_topic_created: (value) => `Topic opened: ${asText(field(value, 'name')) ?? '…'}`,
  forum_topic_edited: (value) => `The topic was changed${asText(field(value, 'name')) === undefined ? '' : `: ${asText(field(value, 'name')) ?? ''}`}`,
  forum_topic_closed: () => 'The topic was closed',
  forum_topic_reopened: () => 'The topic was opened again',
  video_chat_started: () => 'A video chat began',
  video_chat_ended: () => 'The video chat ended',
  chat_owner_changed: () => 'The group has another owner',
  successful_payment: () => 'A payment was made in Telegram',
  refunded_payment: () => 'A payment was given back in Telegram',
  write_access_allowed: () => 'They let the bot write to them',
  users_shared: () => 'They shared users with the bot',
  chat_shared: () => 'They shared a chat with the bot',
};
const kinds = Object.keys(lines);

/** The line, and the field it comes from; `undefined`: somebody wrote this. */
export function serviceLine(message: Readonly<Record<string, unknown>>): { kind: string; text: string } | undefined {
  const kind = kinds.find((name) => message[name] !== undefined);
  const line = kind === undefined ? undefined : lines[kind];
  return kind === undefined || line === undefined ? undefined : { kind, text: line(message[kind]) };
}

function names(users: readonly unknown[]): string {
  return users.slice(0, 10).map((user) => asText(field(user, 'first_name')) ?? asText(field(user, 'username')) ?? 'Somebody').join(', ');
}
