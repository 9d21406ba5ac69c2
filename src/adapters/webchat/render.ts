import type { VisitorMessage } from '../contract/visitors.js';
import type { Attachment, Message, Step } from '../../inbox/model/message.js';

interface Facts {
  agentName?: string;
  companyName: string;
  fileUrl: (attachment: Attachment) => string;
}

const lines: Partial<Record<Step['type'], NonNullable<VisitorMessage['line']>>> = {
  handed_over: 'handed_over', resolved: 'resolved', continued_by_email: 'continued_by_email',
};

/** What the visitor may see of a message: an allow-list. Notes, inner steps, reasons, addresses and ids of agents stay inside. */
export function show(message: Message, facts: Facts): VisitorMessage | undefined {
  const base = { conversationId: message.conversationId, seq: message.seq, at: message.at };
  if (message.kind === 'note') return undefined;
  if (message.kind === 'event') {
    const line = message.step === undefined ? undefined : lines[message.step.type];
    return line === undefined ? undefined : { ...base, by: 'line', line, text: '' };
  }
  return { ...base, ...whoSpeaks(message, facts), text: message.text, ...extras(message, facts) };
}

function whoSpeaks(message: Message, facts: Facts): Pick<VisitorMessage, 'by' | 'name'> {
  if (message.kind === 'in') return { by: 'you' };
  switch (message.author.type) {
    case 'agent':
      return { by: 'agent', name: publicName(facts.agentName) ?? publicName(message.author.name)?.split(' ')[0] ?? facts.companyName };
    case 'bot':
      return { by: 'bot', name: publicName(message.author.name) ?? facts.companyName };
    case 'customer':
    case 'outside':
    case 'system':
      return { by: 'company', name: facts.companyName };
  }
}

/** Some accounts carry an address where a name should be; visitors never see one. */
function publicName(name: string | undefined): string | undefined {
  const short = name?.trim().slice(0, 60);
  return short === undefined || short === '' || short.includes('@') ? undefined : short;
}

function extras(message: Message, facts: Facts): Partial<VisitorMessage> {
  const files = (message.attachments ?? []).map((file) => ({ name: file.name, mime: file.mime, size: file.size, kind: file.kind, url: facts.fileUrl(file) }));
  return {
    ...(message.kind === 'in' && message.clientId !== undefined ? { clientId: message.clientId } : {}),
    ...(message.choices === undefined || message.choices.length === 0 ? {} : { choices: message.choices }),
    ...(files.length === 0 ? {} : { attachments: files }),
  };
}
