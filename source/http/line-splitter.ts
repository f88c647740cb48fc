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
	const keep = (part: Buffer) => {
		size += part.length;
		if (size > maxLineBytes) {
			throw tooLarge(maxLineBytes);
		}
		parts.push(part);
	};
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
			keep(chunk.subarray(start, end));
			const line = Buffer.concat(parts, size).toString('utf8').trim();
			parts = [];
			size = 0;
			start = end + 1;
			if (line !== '') {
				yield line;
			}
		}
		if (start < chunk.length) {
			keep(chunk.subarray(start));
		}
	}
}

const tooLarge = (maxLineBytes: number): KtopError =>
	new KtopError({
		code: 'too-large',
		brief: 'event too large',
		message: `one line of the stream is larger than ${maxLineBytes} bytes`,
		hint: 'is this the address of a Kubernetes API server?',
	});
