import { expect } from 'chai';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDirectoryBlobs } from '../../src/store/blobs/directory.js';
import { storageError } from '../../src/store/files.js';

describe('the folder of blobs', () => {
  let root: string;
  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'rapport-blobs-')), 'files');
  });
  afterEach(() => rm(join(root, '..'), { recursive: true }));

  it('spreads files over folders and lets nobody else on the machine read them', async () => {
    const blobs = await openDirectoryBlobs(root);
    const { blobId } = await blobs.put(Buffer.from('x'));
    const file = join(root, blobId.slice(0, 2), blobId.slice(2, 4), blobId);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readdir(join(root, 'incoming'))).to.deep.equal([]);
  });

  it('removes what a crash left half written when the owner of the folder starts, and only then', async () => {
    await mkdir(join(root, 'incoming'), { recursive: true });
    await writeFile(join(root, 'incoming', `${'a'.repeat(32)}.part`), 'half');
    const reader = await openDirectoryBlobs(root);
    expect(await readdir(join(root, 'incoming'))).to.have.length(1);
    const { blobId } = await reader.put(Buffer.from('whole'));
    const owner = await openDirectoryBlobs(root, { sweep: true });
    expect(await readdir(join(root, 'incoming'))).to.deep.equal([]);
    expect(String(await owner.get(blobId))).to.equal('whole');
  });

  it('says that the disk is full, or that the store is not to be had, and not what the system call was called', async () => {
    const errno = (code: string): Error => Object.assign(new Error(`${code}: write`), { code, syscall: 'write' });
    expect(storageError(errno('ENOSPC'))).to.have.property('code', 'disk_full');
    expect(storageError(errno('EDQUOT'))).to.have.property('code', 'disk_full');
    expect(storageError(errno('EIO'))).to.have.property('code', 'store_unavailable');
    const other = new Error('of the caller');
    expect(storageError(other)).to.equal(other);
  });

  it('answers store_unavailable when its folder cannot be written', async () => {
    await mkdir(join(root, '..'), { recursive: true });
    await writeFile(root, 'a file where the folder should be');
    const opened = await openDirectoryBlobs(root).then(() => undefined, (error: { code: string }) => error.code);
    expect(opened).to.equal('store_unavailable');
  });
});
