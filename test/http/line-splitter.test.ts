import fc from 'fast-check';
import {expect, test} from 'vitest';
import {splitLines} from '../../source/http/line-splitter.ts';

async function* chunksOf(bytes: Buffer, cuts: readonly number[]) {
	let start = 0;
	for (const cut of [...cuts].sort((a, b) => a - b)) {
		yield bytes.subarray(start, cut);
		start = Math.max(start, cut);
	}
	yield bytes.subarray(start);
}

const all = async (chunks: AsyncIterable<Buffer>, maxLineBytes = 1_000_000) => {
	const lines: string[] = [];
	for await (const line of splitLines(chunks, maxLineBytes)) {
		lines.push(line);
	}
	return lines;
};

test('lines come out whole however the bytes are cut, in the middle of a character too', async () => {
	const line = fc
		.string({unit: 'binary', minLength: 1})
		.filter(text => text.trim() === text && !text.includes('\n') && text !== '');
	await fc.assert(
		fc.asyncProperty(fc.array(line), fc.array(fc.nat(200)), async (lines, cuts) => {
			const bytes = Buffer.from(lines.map(text => `${text}\n`).join(''), 'utf8');
			const within = cuts.filter(cut => cut <= bytes.length);

			expect(await all(chunksOf(bytes, within))).toEqual(lines.map(text => Buffer.from(text).toString()));
		}),
	);
});

test('empty lines and carriage returns are left out, and so is a last line that was cut off', async () => {
	expect(await all(chunksOf(Buffer.from('a\r\n\n\r\nb\n{"cut'), []))).toEqual(['a', 'b']);
});

test.each(['123456789\n', '123456789'])('a line longer than allowed is an error: %j', async text => {
	await expect(all(chunksOf(Buffer.from(text), [3, 6]), 8)).rejects.toMatchObject({code: 'too-large'});
});

test('a line as long as allowed is read', async () => {
	expect(await all(chunksOf(Buffer.from('12345678\n'), [3, 6]), 8)).toEqual(['12345678']);
});
