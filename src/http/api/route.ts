import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Role } from '../../inbox/model/people.js';
import type { SignedIn } from '../auth/sign-in.js';

/** Who may call a route. `lead` includes administrators; `agent` is everybody who is signed in. */
export type Who = 'anyone' | Role;

/** One request, checked: what is in here has passed the route's schemas. */
export interface Call<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  ip: string;
  request: Request;
  response: Response;
}

/** A handler wrote the answer itself (a stream, a download). */
export const answered = Symbol('answered');

interface Description<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Absent: 204, no content. */
  answer?: A;
  /** 200 unless the route makes something (201). */
  status?: 200 | 201;
  /** The answer is no JSON: its media type. The handler writes it and returns `answered`. */
  produces?: string;
  /** The body is not JSON: its media type. The handler reads it. */
  consumes?: string;
}

type Answer<A extends z.ZodType> = z.input<A> | typeof answered;

interface OpenRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> extends Description<P, Q, B, A> {
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer<A>>;
}

interface GuardedRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> extends Description<P, Q, B, A> {
  who: Role;
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>, person: SignedIn): Promise<Answer<A>>;
}

/** A route with its types erased: what the express builder, the OpenAPI document and the tests work on. */
export interface Route extends Description<z.ZodType, z.ZodType, z.ZodType, z.ZodType> {
  who: Who;
  handle(call: Call<unknown, unknown, unknown>, person: SignedIn | undefined): Promise<unknown>;
}

/** Declares a route for people who are signed in. */
export function route<P extends z.ZodType = z.ZodType<object>, Q extends z.ZodType = z.ZodType<object>, B extends z.ZodType = z.ZodType<object>, A extends z.ZodType = z.ZodType<void>>(
  declared: GuardedRoute<P, Q, B, A>,
): Route {
  return declared as unknown as Route;
}

/** Declares a route for everybody, signed in or not. */
export function openRoute<P extends z.ZodType = z.ZodType<object>, Q extends z.ZodType = z.ZodType<object>, B extends z.ZodType = z.ZodType<object>, A extends z.ZodType = z.ZodType<void>>(
  declared: OpenRoute<P, Q, B, A>,
): Route {
  return { ...declared, who: 'anyone' } as unknown as Route;
}
