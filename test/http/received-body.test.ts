import {gunzipSync, gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeBody} from '../../source/http/decode-body.ts';
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

	test('is of the memory of one that was decoded, which says nothing of that', () => {
		const first = {body: bodyOf([Buffer.alloc(9000, 'a'), Buffer.alloc(9000, 'a')])};
		const memory = first.body.buffer;
		expect(decodeBody(first, body => body.toString('utf8'))).toBe('a'.repeat(18_000));
		expect(first.body.length).toBe(0);
		const second = bodyOf([Buffer.from('{'), Buffer.from('}')]);
		expect(second.buffer).toBe(memory);
		expect(second.toString('utf8')).toBe('{}');
	});

	test('has memory of its own while others are not decoded', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.string(), fc.string(), fc.boolean())), bodies => {
				const open: Array<{readonly answer: {body: Buffer}; readonly text: string}> = [];
				for (const [one, other, isDecoded] of bodies) {
					const body = bodyOf([Buffer.from(one), Buffer.from(other)]);
					open.push({answer: {body}, text: one + other});
					if (isDecoded) {
						const last = open.pop();
						expect(last && decodeBody(last.answer, decoded => decoded.toString('utf8'))).toBe(last?.text);
					}
				}

				for (const {answer, text} of open) {
					expect(decodeBody(answer, body => body.toString('utf8'))).toBe(text);
				}
			}),
		);
	});
});
