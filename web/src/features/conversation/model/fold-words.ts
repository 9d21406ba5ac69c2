import type { MessageView } from '../../../lib/shapes.js';
import { firstName } from '../../../lib/initials.js';

const mostSteps = 3;
const mostLetters = 64;

/** A run of steps in one line: `Bot: “Which order is it about?”, handed over (asked for a person)`. */
export function foldWords(messages: readonly MessageView[]): string {
  const shown = messages.slice(-mostSteps).map((message, index) => stepWords(message, index > 0));
  const hidden = messages.length - shown.length;
  const line = shown.join(', ');
  return hidden > 0 ? `${hidden} earlier ${hidden === 1 ? 'step' : 'steps'}, then ${line}` : line;
}

/** One step in words, with its reason. `within`: it does not begin the line. */
export function stepWords(message: MessageView, within = false): string {
  if (message.kind !== 'event') return `${message.author.name}: “${shortened(message.text)}”`;
  const reason = message.step?.reason?.trim().replace(/\.$/, '') ?? '';
  const text = message.text.trim().replace(/\.$/, '');
  const plain = plainWords(message);
  if (isDeadline(message)) return within ? lowered(plain) : plain;
  // What was sent on stands in the story already; the step only tells that it went another way.
  const own = message.step?.type !== 'continued_by_email' && text !== '' && text !== reason;
  const said = own ? text : within ? lowered(plain) : plain;
  return reason === '' || said.includes(reason) ? said : `${said} (${reason})`;
}

function lowered(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** The target's name says it all; the reason would say it twice. */
function isDeadline(message: MessageView): boolean {
  return (message.step?.type === 'target_warned' || message.step?.type === 'target_breached') && typeof message.step.data?.['target'] === 'string';
}

function plainWords(message: MessageView): string {
  const data = message.step?.data ?? {};
  const by = message.author.type === 'agent' ? ` by ${firstName(message.author.name)}` : '';
  const named = (key: string) => (typeof data[key] === 'string' ? data[key] : '');
  switch (message.step?.type) {
    case 'not_needed':
      return `No answer needed, said ${firstName(message.author.name)}`;
    case 'wait_started':
      return `Clock started after all${by}`;
    case 'wait_resumed':
      return `The wait runs on${by}`;
    case 'target_warned':
      return named('target') === '' ? 'Due soon' : `Due soon: ${named('target')}`;
    case 'target_breached':
      return named('target') === '' ? 'Over target' : `Over target: ${named('target')}`;
    case 'conversation_opened':
      return 'Conversation opened';
    case 'reopened':
      return `Opened again${by}`;
    case 'linked':
      return 'Linked to an earlier conversation';
    case 'routed':
      return named('name') === '' ? 'Routed' : `Routed to ${named('name')}`;
    case 'assigned':
      return assignedWords(message, named('name'), by);
    case 'team_changed':
      return named('team') === '' ? `Moved to another team${by}` : `Moved to ${named('team')}${by}`;
    case 'snoozed':
      return `Snoozed${by}`;
    case 'woken':
      return 'Came back';
    case 'resolved':
      return `Resolved${by}`;
    case 'status_changed':
      return named('status') === '' ? `Changed${by}` : `Marked as ${named('status')}${by}`;
    case 'priority_changed':
      return named('to') === '' ? `Priority changed${by}` : `Priority set to ${named('to')}${by}`;
    case 'tagged':
      return taggedWords(data['tags'], by);
    case 'handed_over':
      return 'Handed over';
    case 'joined':
      return `Joined with another record${by}`;
    case 'opted_out':
      return 'Wants no more messages here';
    case 'opted_in':
      return 'Wants messages here again';
    case 'control_taken':
      return 'Another application answers here now';
    case 'control_passed':
      return 'We answer here again';
    case 'rekeyed':
      return 'The platform calls this thread otherwise now';
    case 'mirrored':
      return 'Mirrored for colleagues';
    case 'join_undone':
      return `Join undone${by}`;
    case 'continued_by_email':
      return 'Sent on by e-mail';
    case 'bounced':
      return 'A message came back';
    case 'auto_mail':
      return 'Automatic mail';
    default:
      return 'Something changed';
  }
}

function assignedWords(message: MessageView, name: string, by: string): string {
  if (name === '') return `Put back${by}`;
  if (name === message.author.name) return `${firstName(name)} took it`;
  return `Assigned to ${firstName(name)}${by}`;
}

function taggedWords(tags: unknown, by: string): string {
  const names = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  return names.length === 0 ? `Tags removed${by}` : `Tagged ${names.join(', ')}${by}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= mostLetters) return line;
  const cut = line.slice(0, mostLetters);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 40))}…`;
}
