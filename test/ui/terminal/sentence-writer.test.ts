import {expect, test} from 'vitest';
import {SentenceWriter} from '../../../source/ui/terminal/sentence-writer.ts';

test('says what is new and nothing of what was just said', () => {
	const writer = new SentenceWriter();
	expect(writer.write(['Cluster.', 'Row 1.'])).toBe('Cluster.\nRow 1.\n');
	expect(writer.write(['Cluster.', 'Row 2.'])).toBe('Row 2.\n');
	expect(writer.write(['Cluster.', 'Row 2.'])).toBe('');
});

test('says again what was said before the last time', () => {
	const writer = new SentenceWriter();
	writer.write(['Row 1.']);
	writer.write(['Row 2.']);
	expect(writer.write(['Row 1.'])).toBe('Row 1.\n');
});

test('says everything after it forgot', () => {
	const writer = new SentenceWriter();
	writer.write(['Cluster.', 'Row 1.']);
	writer.forget();
	expect(writer.write(['Cluster.', 'Row 1.'])).toBe('Cluster.\nRow 1.\n');
});
