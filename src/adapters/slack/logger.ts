import type { Logger } from '@slack/web-api';

const nothing = (): void => undefined;

/** The SDK says what it has to say by throwing; it writes to no console. */
export const silentLogger: Logger = {
  debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing,
  getLevel: () => 'error' as ReturnType<Logger['getLevel']>,
};
