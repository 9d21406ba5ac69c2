import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../../../lib/api/api-context.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import type { AttachmentView } from '../../../lib/shapes.js';
import { fileSize } from '../../../lib/time/format.js';

export interface Upload {
  key: number;
  name: string;
  size: number;
  /** 0 … 1 */
  share: number;
  error?: string;
}

/** Files on their way to the server, with their progress. `onDone` gets each that has arrived. */
export function useUploads(limits: { fileMax: number; room: number }, onDone: (attachment: AttachmentView) => void) {
  const api = useApi();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const nextKey = useRef(1);
  useEffect(() => {
    const running = stops.current;
    return () => running.forEach((stop) => stop.abort());
  }, []);

  const set = useCallback((key: number, change: Partial<Upload>) => setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...change } : upload))), []);
  const remove = useCallback((key: number) => {
    stops.current.get(key)?.abort();
    stops.current.delete(key);
    setUploads((all) => all.filter((upload) => upload.key !== key));
  }, []);

  const start = async (file: File, fits: boolean) => {
    const key = nextKey.current++;
    const entry: Upload = { key, name: file.name, size: file.size, share: 0 };
    if (!fits) setUploads((all) => [...all, { ...entry, error: 'One message cannot carry more files on this channel.' }]);
    else if (file.size > limits.fileMax) setUploads((all) => [...all, { ...entry, error: `Too large: at most ${fileSize(limits.fileMax)} on this channel.` }]);
    else {
      const stop = new AbortController();
      stops.current.set(key, stop);
      setUploads((all) => [...all, entry]);
      try {
        onDone(await api.upload(file, { onProgress: (share) => set(key, { share }), signal: stop.signal }));
        remove(key);
      } catch (error) {
        if (!stop.signal.aborted) set(key, { error: `Not attached. ${wordsOf(error)}` });
      }
    }
  };
  const add = (files: readonly File[]) => files.forEach((file, index) => void start(file, index < limits.room - uploads.length));

  return { uploads, add, remove, busy: uploads.some((upload) => upload.error === undefined) };
}
