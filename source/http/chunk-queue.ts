/** Bytes that wait for their reader before the sender is told to stop. */
const HIGH_WATER_BYTES = 65_536;

export type ChunkQueue = AsyncIterableIterator<Buffer> & {
	readonly push: (chunk: Buffer) => void;
	/** The reader gets what waits, and then the end or the error. */
	readonly end: (error?: Error) => void;
};

/** Chunks on their way from a connection that pushes to a reader that pulls; one `next` at a time. */
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
				// May push at once.
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
