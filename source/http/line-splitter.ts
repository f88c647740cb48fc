import {KtopError} from '../metrics/model/failure.ts';

const newline = 0x0a;

/**
 * Yields the non-empty lines of a byte stream, without line ends. Holds at most one line and one chunk in memory. Drops
 * a last line without a line end, since it is incomplete.
 *
 * @throws KtopError `too-large` if a line is longer than `maxLineBytes`.
 */
export async function* splitLines(
	chunks: AsyncIterable<Buffer>,
	maxLineBytes: number,
): AsyncGenerator<string, void, undefined> {
	let parts: Buffer[] = [];
	let size = 0;
	const grow = (bytes: number): void => {
		size += bytes;
		if (size > maxLineBytes) {
			throw tooLarge(maxLineBytes);
		}
	};
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
			grow(end - start);
			const line = lineOf(parts, size, chunk, start, end).trim();
			parts = [];
			size = 0;
			start = end + 1;
			if (line !== '') {
				yield line;
			}
		}
		if (start < chunk.length) {
			grow(chunk.length - start);
			parts.push(chunk.subarray(start));
		}
	}
}

/** Most lines are in one chunk, and are read where they are, without a copy. */
function lineOf(before: readonly Buffer[], size: number, chunk: Buffer, start: number, end: number): string {
	return before.length === 0
		? chunk.toString('utf8', start, end)
		: Buffer.concat([...before, chunk.subarray(start, end)], size).toString('utf8');
}

const tooLarge = (maxLineBytes: number): KtopError =>
	new KtopError({
		code: 'too-large',
		brief: 'event too large',
		message: `one line of the stream is larger than ${maxLineBytes} bytes`,
		hint: 'is this the address of a Kubernetes API server?',
	});
