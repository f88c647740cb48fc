import {gunzipSync, gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ReceivedBody} from '../../source/http/received-body.ts';

const MIB = 2 ** 20;

function bodyOf(chunks: readonly Buffer[], mostBytes = 64 * MIB): Buffer {
	const body = new ReceivedBody(mostBytes);
	for (const chunk of chunks) {
		body.add(chunk);
	}

	return body.take();
}

describe('the body of an answer', () => {
	test('is its chunks one after the other, however large they are', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({min: 0, max: 255}), fc.integer({min: 0, max: 700_000})), {
					maxLength: 8,
				}),
				parts => {
					const chunks = parts.map(([byte, bytes]) => Buffer.alloc(bytes, byte));
					const whole = Buffer.concat(chunks);
					expect(bodyOf(chunks, whole.length).equals(whole)).toBe(true);
				},
			),
			{numRuns: 40},
		);
	});

	test('is put together all the same where the system refuses so much address space', () => {
		const chunks = ['a', 'b', 'c'].map(letter => Buffer.alloc(MIB, letter));
		expect(bodyOf(chunks, Number.MAX_SAFE_INTEGER).equals(Buffer.concat(chunks))).toBe(true);
	});

	test('is not copied where it is one chunk', () => {
		const chunk = Buffer.from('{}');
		expect(bodyOf([chunk])).toBe(chunk);
	});

	test('keeps none of the chunks of a large one, which may be of memory that is read into again', () => {
		const chunk = Buffer.alloc(MIB, 'a');
		const body = new ReceivedBody(2 * MIB);
		body.add(chunk);
		body.add(chunk);
		chunk.fill('b');
		expect(body.take().toString('utf8')).toBe('a'.repeat(2 * MIB));
	});

	test('can be decompressed where it is large', () => {
		const text = Array.from({length: 600_000}, (_, at) => (at * 2654435761) % 4294967296).join(' ');
		const packed = gzipSync(text, {level: 1});
		expect(packed.length).toBeGreaterThan(MIB);
		const chunks = [packed.subarray(0, 1000), packed.subarray(1000)];
		expect(gunzipSync(bodyOf(chunks)).toString('utf8')).toBe(text);
	});
});
