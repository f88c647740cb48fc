/** Chunks on their way from a connection that pushes to a reader that pulls. For one reader. */
export type ByteQueue = {
	readonly push: (chunk: Buffer) => void;
	/** What is queued is still read. */
	readonly end: () => void;
	/** What is queued is dropped: the reader is told at once. */
	readonly fail: (error: Error) => void;
	readonly queuedBytes: () => number;
	readonly chunks: AsyncIterable<Buffer>;
};

type Ending = {readonly error: Error | undefined};

/** @param onTaken is called after the reader took a chunk. */
export function byteQueue(onTaken: () => void): ByteQueue {
	const waiting: Buffer[] = [];
	let bytes = 0;
	let ending: Ending | undefined;
	let wake = (): void => {};

	async function* read(): AsyncGenerator<Buffer, void, undefined> {
		for (;;) {
			const chunk = waiting.shift();
			if (chunk !== undefined) {
				bytes -= chunk.length;
				onTaken();
				yield chunk;
			} else if (ending !== undefined) {
				if (ending.error !== undefined) throw ending.error;
				return;
			} else {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		}
	}

	return {
		push: chunk => {
			if (ending !== undefined) return;
			waiting.push(chunk);
			bytes += chunk.length;
			wake();
		},
		end: () => {
			ending ??= {error: undefined};
			wake();
		},
		fail: error => {
			if (ending === undefined) waiting.length = 0;
			ending ??= {error};
			wake();
		},
		queuedBytes: () => bytes,
		chunks: {[Symbol.asyncIterator]: read},
	};
}
