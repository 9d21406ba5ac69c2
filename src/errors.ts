/** Every code an AppError can carry, with the HTTP status it becomes when it reaches a route. */
export const errorStatus = {
  bad_request: 400,
  not_signed_in: 401,
  bad_signature: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale_reply: 409,
  gone: 410,
  too_large: 413,
  unsupported_media: 415,
  too_many: 429,
  outbound_refused: 400,
  connection_failed: 400,
  config_invalid: 500,
  bug: 500,
  not_ready: 503,
  store_unavailable: 503,
  disk_full: 507,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/**
 * The one error class of the project. Branch on `code`, never on `message`.
 * `facts` are safe to show to the person who made the request: no secrets, no message bodies.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; facts?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = options.facts ?? {};
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** Ends a `switch` over a union: a new member becomes a compile error at the switch. */
export function assertNever(value: never): never {
  throw new AppError('bug', `unexpected value: ${JSON.stringify(value)}`);
}

/** The message of anything that was thrown, for logs and for `lastError` fields. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
