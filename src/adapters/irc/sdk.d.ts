/** What this adapter uses of `irc-framework` 4.14, which brings no types of its own. Read from its source. */
declare module 'irc-framework' {
  export interface IrcLine {
    command: string;
    params: string[];
    tags: Record<string, string>;
    prefix: string;
    nick: string;
    ident: string;
    hostname: string;
  }

  export interface Transport {
    connect(): void;
    writeLine(line: string, done?: () => void): void;
    close(force?: boolean): void;
    disposeSocket(): void;
    setEncoding(encoding: string): boolean;
    on(event: string, listener: (...given: never[]) => void): unknown;
    removeAllListeners(): unknown;
  }

  export class Client {
    constructor();
    user: { nick: string; username: string; host?: string };
    connected: boolean;
    network: { name: string; options: Record<string, unknown>; cap: { isEnabled(cap: string): boolean }; supportsTag(tag: string): boolean; isChannelName(name: unknown): boolean };
    requestCap(cap: string | string[]): void;
    use(middleware: (client: Client, raw: { use(handler: (command: string, line: IrcLine, raw: string, client: Client, next: (error?: Error) => void) => void): void }, parsed: unknown) => void): void;
    connect(options: Record<string, unknown>): void;
    raw(...parts: string[]): void;
    changeNick(nick: string): void;
    quit(message?: string): void;
    on(event: string, listener: (event: never) => void): unknown;
    removeAllListeners(): unknown;
    connection: { end(data?: string | null, hadError?: boolean): void; write(line: string, done?: () => void): boolean };
  }

  const framework: { Client: typeof Client };
  export default framework;
}
