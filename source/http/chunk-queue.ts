/** The queue pauses the sender above this many unread bytes. */
const HIGH_WATER_BYTES = 65_536;

export type ChunkQueue = AsyncIterableIterator<Buffer> & {
	readonly push: (chunk: Buffer) => void;
	/** The reader first gets the queued chunks, then the end or the error. */
	readonly end: (error?: Error) => void;
};

/** A queue from a connection that pushes chunks to one reader that pulls them. Only one `next` may be pending. */
export function chunkQueue(flow: {readonly pause: () => void; readonly resume: () => void}): ChunkQueue {
	const chunks: Buffer[] = [];
	let waitingBytes = 0;
	let isPaused = false;
	let ended: {readonly error: Error | undefined} | undefined;
	let wake = (): void => {};
	const queue: ChunkQueue = {
		push(chunk) {
			chunks.push(chunk);
			waitingBytes += chunk.length;
			if (!isPaused && waitingBytes > HIGH_WATER_BYTES) {
				isPaused = true;
				flow.pause();
			}

			wake();
		},
		end(error) {
			ended ??= {error};
			wake();
		},
		async next() {
			if (chunks.length === 0 && isPaused) {
				isPaused = false;
				// May call `push` synchronously.
				flow.resume();
			}

			if (chunks.length === 0 && ended === undefined) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}

			const chunk = chunks.shift();
			if (chunk !== undefined) {
				waitingBytes -= chunk.length;
				return {done: false, value: chunk};
			}

			if (ended?.error !== undefined) {
				throw ended.error;
			}

			return {done: true, value: undefined};
		},
		[Symbol.asyncIterator]: () => queue,
	};
	return queue;
}
