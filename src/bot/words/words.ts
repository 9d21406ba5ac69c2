/** Everything the bot says, in one language. Short, plain, kind; no exclamation marks; no name is promised. */
export interface Words {
  hello: string;
  /** Who speaks here: said once, in web chat. */
  introduction(names: { botName: string; companyName: string }): string;
  /** After a bare "hello". */
  invitation: string;
  askAddress: string;
  stayHere: string;
  askOrder: string;
  noNumber: string;
  anotherNumber: string;
  addressNoted(address: string): string;
  orderNoted(number: string): string;
  withoutNumber: string;
  withoutAddress: string;
  sorry: string;
  handOver: string;
  handOverToPerson: string;
  /** Open now: no time is promised. */
  answersSoon: string;
  /** Closed: `when` is "on Monday at 09:00". */
  answersWhen(when: string): string;
  answersLater: string;
  addressHint: string;
  /** By e-mail. */
  received: string;
  mailAnswersSoon: string;
  mailAnswersWhen(when: string): string;
  mailAnswersLater: string;
  mailOrderHint: string;
}
