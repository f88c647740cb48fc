import {expect, test} from 'vitest';
import {SentenceWriter} from '../../../source/ui/terminal/sentence-writer.ts';

test('writes only sentences that the last frame did not have', () => {
	const writer = new SentenceWriter();
	expect(writer.write(['Cluster.', 'Row 1.'])).toBe('Cluster.\nRow 1.\n');
	expect(writer.write(['Cluster.', 'Row 2.'])).toBe('Row 2.\n');
	expect(writer.write(['Cluster.', 'Row 2.'])).toBe('');
});

test('writes sentences of an earlier frame again', () => {
	const writer = new SentenceWriter();
	writer.write(['Row 1.']);
	writer.write(['Row 2.']);
	expect(writer.write(['Row 1.'])).toBe('Row 1.\n');
});

test('writes all sentences after forget', () => {
	const writer = new SentenceWriter();
	writer.write(['Cluster.', 'Row 1.']);
	writer.forget();
	expect(writer.write(['Cluster.', 'Row 1.'])).toBe('Cluster.\nRow 1.\n');
});
