import { expect } from 'chai';
import { importIdOf, partBytes, sendFile, type ImportCalls } from '../../../web/src/features/settings/model/send-file.js';
import { ApiError } from '../../../web/src/lib/api/api-error.js';
import type { Imported } from '../../../web/src/lib/shapes.js';

/** A server that takes whole lines, as ours does. */
function server(options: { breaksAt?: number } = {}) {
  const taken: Buffer[] = [];
  let state: Imported | undefined;
  let calls = 0;
  const api: ImportCalls = {
    find: () => (state === undefined ? Promise.reject(new ApiError('not_found', 'There is no such import.', { status: 404 })) : Promise.resolve(state)),
    send: async ({ id, from, more, body }) => {
      calls += 1;
      if (calls === options.breaksAt) throw new ApiError('unreachable', 'No connection to the server.', { status: 0 });
      if (from === 0) taken.length = 0;
      expect(from).to.equal(Buffer.concat(taken).length);
      const bytes = Buffer.from(await body.arrayBuffer());
      taken.push(more ? bytes.subarray(0, bytes.lastIndexOf(10) + 1) : bytes);
      state = { id, bytes: Buffer.concat(taken).length, lines: 0, added: 0, known: 0, faulty: 0, oddTimes: 0, faults: [], startedAt: 0, changedAt: 0, done: !more };
      return state;
    },
  };
  return { api, all: () => Buffer.concat(taken) };
}

describe('Sending a file of past messages', () => {
  const text = Array.from({ length: 90_000 }, (_, at) => `{"line":${at},"text":"${'x'.repeat(at % 200)}"}`).join('\n');
  const file = new File([text], 'old tool (2).ndjson');

  it('goes up in parts, each from the byte at which the last one was done', async () => {
    const { api, all } = server();
    const told: number[] = [];
    const done = await sendFile(api, file, ({ bytes }) => told.push(bytes));
    expect(file.size).to.be.greaterThan(2 * partBytes);
    expect(told.length).to.equal(Math.ceil(file.size / partBytes));
    expect(done).to.include({ id: importIdOf(file), done: true, bytes: file.size });
    expect(all().toString() === text).to.equal(true);
  });

  it('goes on where it broke off when the same file is chosen again', async () => {
    const { api, all } = server({ breaksAt: 2 });
    const error = await sendFile(api, file, () => undefined).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ApiError);
    const told: number[] = [];
    await sendFile(api, file, ({ bytes }) => told.push(bytes));
    expect(told[0]).to.be.greaterThan(partBytes);
    expect(all().toString() === text).to.equal(true);
  });

  it('is known by its name and size, in characters that an address takes', () => {
    expect(importIdOf({ name: 'Übersicht alt/neu.ndjson', size: 12 })).to.match(/^[\w.-]{1,80}$/);
    expect(importIdOf({ name: 'x'.repeat(300), size: 2 ** 40 })).to.match(/^[\w.-]{1,80}$/);
    expect(importIdOf({ name: 'a.ndjson', size: 1 })).not.to.equal(importIdOf({ name: 'a.ndjson', size: 2 }));
  });
});
