import type { BriefLine } from '../../inbox/model/brief.js';
import type { Message } from '../../inbox/model/message.js';
import { readSignals } from '../signals/read-signals.js';
import { lineOf } from './fit.js';
import { cite, isFromCustomer, quoted, type BriefDesk, type BriefPart } from './story.js';

interface Felt {
  message: Message;
  value: number;
}

/** The course of their mood over all conversations: upset since which message, calm again, praise. Nothing when nothing was felt. */
export function feelsLine(desk: BriefDesk): BriefLine | undefined {
  const felt = feltIn(desk);
  const last = felt.findLast((point) => point.value !== 0);
  if (last === undefined) return undefined;
  return lineOf('feels', last.value < 0 ? troubled(desk, felt, last) : pleased(desk, felt, last));
}

function feltIn(desk: BriefDesk): Felt[] {
  return [desk.current, ...desk.past]
    .flatMap((story) => story.messages.filter(isFromCustomer))
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
    .map((message) => ({ message, value: message.mood ?? 0 }));
}

/** After so many messages without a harsh word they count as calm again. */
const calmAfter = 2;

function troubled(desk: BriefDesk, felt: readonly Felt[], last: Felt): BriefPart[][] {
  const { texts } = desk;
  const firstOfRun = startOfRun(felt, last);
  const begin: BriefPart = { text: texts.upsetSince(desk.day(firstOfRun.message.at)), cite: cite(firstOfRun.message), tone: 'bad' };
  const praise = felt.findLast((point) => point.value > 0 && point.message.at < firstOfRun.message.at);
  if (felt.length - 1 - felt.indexOf(last) >= calmAfter) {
    return [[{ text: texts.upsetOn(desk.day(last.message.at)), cite: cite(last.message), tone: 'warn' }, { text: texts.calmSince }]];
  }
  const wasCalm = praise === undefined && felt.indexOf(firstOfRun) >= calmAfter;
  return [wasCalm ? [{ text: texts.calmBefore }, begin] : [begin], praise === undefined ? [] : praiseParts(desk, praise)];
}

/** The first harsh message since the last kind one. */
function startOfRun(felt: readonly Felt[], last: Felt): Felt {
  const kind = felt.findLastIndex((point) => point.value > 0 && felt.indexOf(point) < felt.indexOf(last));
  return felt.slice(kind + 1).find((point) => point.value < 0) ?? last;
}

function pleased(desk: BriefDesk, felt: readonly Felt[], last: Felt): BriefPart[][] {
  const harsh = felt.findLast((point) => point.value < 0);
  const before: BriefPart[] = harsh === undefined ? [] : [{ text: desk.texts.upsetOn(desk.day(harsh.message.at)), cite: cite(harsh.message), tone: 'warn' }];
  return [praiseParts(desk, last), before];
}

function praiseParts(desk: BriefDesk, praise: Felt): BriefPart[] {
  const words = praisingWords(desk, praise.message);
  const tone = { cite: cite(praise.message), tone: 'ok' as const };
  if (words === undefined) return [{ text: desk.texts.pleasedSince(desk.day(praise.message.at)), ...tone }];
  return [{ text: desk.texts.praised(desk.day(praise.message.at)) }, { text: quoted(words, 60), ...tone }];
}

/** The sentence that carries the kind word. */
function praisingWords(desk: BriefDesk, message: Message): string | undefined {
  const sentences = desk.read.sentences(message);
  return sentences.find((sentence) => sentence.words >= 2 && readSignals(sentence.text, message.language).mood > 0)?.text;
}
