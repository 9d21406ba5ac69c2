import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors.js';
import { readJson } from '../api/read-json.js';
import { takeMessage, takeReceipt, takeTyping } from './actions.js';
import { readCursor } from './cursor.js';
import { faultOf } from './faults.js';
import { sendFile } from './files.js';
import { olderMessages } from './history.js';
import { pollEvents } from './long-poll.js';
import { finishProof, startProof } from './proof.js';
import { claimIdentity, configOf, openSession } from './session.js';
import { takeUpload } from './uploads.js';
import { admit, countedAs, enter, type Entrance, type Visitor, type VisitorContext } from './visitor.js';

/** Bytes of a request's JSON, as of a socket's frame. */
export const payloadMax = 64 * 1024;
const longestWaitMs = 25_000;

const sessionInput = z.strictObject({ token: z.string().max(4_096).optional(), language: z.string().max(35).optional(), timeZone: z.string().max(64).optional() });
const codeInput = z.strictObject({ code: z.string().regex(/^\d{6}$/) });

/** The visitor's routes, with their full paths. JSON both ways; a visitor is their token, there are no cookies. */
export function createRoutes(context: VisitorContext): Router {
  const router = Router({ caseSensitive: true });
  const base = '/chat/v1/:channelId';
  const { webchat } = context.deps;
  router.options(`${base}/*rest`, preflight(context));
  router.get(`${base}/config`, open(context, async (entrance, request) => configOf(context, entrance, textOf(request.query['language']))));
  router.post(`${base}/session`, open(context, async (entrance, request) => {
    const { token, language, timeZone } = checked(sessionInput, await readJson(request, payloadMax));
    return openSession(context, entrance, { ...(token === undefined ? {} : { token }), ...(language === undefined ? {} : { language }), ...(timeZone === undefined ? {} : { timeZone }) });
  }));
  router.post(`${base}/messages`, known(context, async (visitor, request) => takeMessage(context, visitor, await frameOf(context, request, 'message'))));
  router.get(`${base}/messages`, known(context, (visitor, request) => olderMessages(context, visitor, textOf(request.query['before']) ?? '')));
  router.post(`${base}/signals`, known(context, async (visitor, request) => {
    const frame = webchat.readFrame(await readJson(request, payloadMax));
    if (frame?.type === 'typing') await takeTyping(context, visitor, frame);
    else if (frame?.type === 'receipt') await takeReceipt(context, visitor, frame);
    else throw new AppError('bad_request', 'not a signal');
    return {};
  }));
  router.get(`${base}/events`, known(context, (visitor, request, response) => poll(context, visitor, { request, response })));
  router.post(`${base}/uploads`, known(context, (visitor, request) => takeUpload(context, visitor, request)));
  router.post(`${base}/identify`, known(context, async (visitor, request) => {
    await context.limits.signal(countedAs(visitor));
    const claim = webchat.readClaim(await readJson(request, payloadMax));
    if (claim === undefined) throw new AppError('bad_request', 'not a claim');
    return (await claimIdentity(context, visitor, claim)).session;
  }));
  router.post(`${base}/proof/start`, known(context, (visitor) => startProof(context, visitor)));
  router.post(`${base}/proof/finish`, known(context, async (visitor, request) => finishProof(context, visitor, checked(codeInput, await readJson(request, payloadMax)).code)));
  router.get(`${base}/files/:id`, async (request, response) => {
    const entrance = await begin(context, { request, response, byLink: true });
    await sendFile(context, entrance, { id: request.params.id, token: textOf(request.query['t']) ?? '', response });
  });
  router.use('/chat/v1', () => { throw new AppError('not_found', 'no such route'); });
  router.use('/chat/v1', (error: unknown, _request: Request, response: Response, _next: NextFunction) => sendFault(context, error, response));
  return router;
}

type Channeled = { channelId: string };

/** First step of every route: is there such a bubble, may this page show it? Only then may the page read the answer. */
async function begin(context: VisitorContext, exchange: { request: Request<Channeled>; response: Response; byLink?: boolean }): Promise<Entrance> {
  const { request, response, byLink = false } = exchange;
  response.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'cross-origin', 'referrer-policy': 'no-referrer' });
  response.vary('Origin');
  const entrance = await enter(context, request.params.channelId, { request, byLink });
  if (entrance.origin !== undefined) response.set('access-control-allow-origin', entrance.origin);
  return entrance;
}

function preflight(context: VisitorContext): RequestHandler<Channeled> {
  return async (request, response) => {
    await begin(context, { request, response });
    response.set({ 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '7200' });
    response.status(204).end();
  };
}

function open(context: VisitorContext, answer: (entrance: Entrance, request: Request) => Promise<object>): RequestHandler<Channeled> {
  return async (request, response) => {
    const entrance = await begin(context, { request, response });
    response.json(await answer(entrance, request));
  };
}

function known(context: VisitorContext, answer: (visitor: Visitor, request: Request, response: Response) => Promise<object>): RequestHandler<Channeled> {
  return async (request, response) => {
    const entrance = await begin(context, { request, response });
    const token = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1];
    const given = await answer(admit(context, entrance, token), request, response);
    if (!response.destroyed) response.json(given);
  };
}

async function poll(context: VisitorContext, visitor: Visitor, exchange: { request: Request; response: Response }): Promise<object> {
  const text = textOf(exchange.request.query['cursor']);
  const cursor = text === undefined ? undefined : readCursor(text);
  if (text !== undefined && cursor === undefined) throw new AppError('bad_request', 'not a cursor');
  const gone = new Promise<void>((resolve) => { exchange.response.once('close', resolve); });
  return pollEvents(context, visitor, { ...(cursor === undefined ? {} : { cursor }), waitMs: exchange.request.query['wait'] === '0' ? 0 : longestWaitMs, gone });
}

async function frameOf<T extends 'message'>(context: VisitorContext, request: Request, type: T) {
  const frame = context.deps.webchat.readFrame(await readJson(request, payloadMax));
  if (frame?.type !== type) throw new AppError('bad_request', `not a ${type}`);
  return frame;
}

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new AppError('bad_request', 'the body is not as it should be');
  return parsed.data;
}

/** Query values may be lists and objects; only plain text is looked at. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 4_096 ? value : undefined;
}

function sendFault(context: VisitorContext, error: unknown, response: Response): void {
  const fault = faultOf(error instanceof URIError ? new AppError('bad_request', 'path') : error, context.deps.log);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (fault.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(fault.retryAfterMs / 1000)));
  if (fault.status === 503) response.set('retry-after', '5');
  const facts = fault.retryAfterMs === undefined ? {} : { facts: { retryAfterMs: fault.retryAfterMs } };
  response.status(fault.status).json({ error: { code: fault.code, message: fault.message, ...facts } });
}
