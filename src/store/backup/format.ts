import { z } from 'zod';

/**
 * A backup is one gzip file of JSON lines: a header, documents by collection, files in pieces, the counts, and at last the
 * SHA-256 of every byte before that line. What is written never changes within a format number.
 */
export const formatNumber = 1;

export const headerSchema = z.object({
  rapport: z.literal('backup'),
  format: z.number().int(),
  /** Number of the last migration of the store it was taken from. */
  version: z.number().int(),
  createdAt: z.number(),
  engine: z.string(),
  /** Names the master secret that its sealed values need; tells nothing about it. */
  secretId: z.string().optional(),
});
export const documentsSchema = z.object({ collection: z.string(), docs: z.array(z.looseObject({ _id: z.string() })) });
/** Pieces of one file follow each other; `last` ends it. */
export const blobSchema = z.object({ blob: z.string(), data: z.string(), last: z.boolean() });
export const countsSchema = z.object({ counts: z.record(z.string(), z.number()), blobs: z.number() });
export const trailerSchema = z.object({ sha256: z.string() });

export const lineSchema = z.union([documentsSchema, blobSchema, countsSchema]);

export type BackupHeader = z.infer<typeof headerSchema>;
export type BackupLine = z.infer<typeof lineSchema>;
export type BackupCounts = z.infer<typeof countsSchema>;
