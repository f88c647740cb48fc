import {describe, expect, test, vi} from 'vitest';
import {keepsLayout, keptUntilChanged, type TextNode} from '../../../source/ui/terminal/text-nodes.ts';

describe('the text of a node', () => {
	const squash = () =>
		vi.fn((node: TextNode) => (node.childNodes ?? []).map(child => child.nodeValue).join(''));
	const textOf = (...values: readonly string[]) => ({
		nodeName: 'ink-text',
		childNodes: values.map(nodeValue => ({nodeName: '#text', nodeValue})),
	});

	test('is cleaned once until it changes', () => {
		const original = squash();
		const squashed = keptUntilChanged(original);
		const characters = {nodeName: '#text', nodeValue: 'one'};
		const node = {nodeName: 'ink-text', childNodes: [characters]};
		expect([squashed(node), squashed(node)]).toEqual(['one', 'one']);
		expect(original).toHaveBeenCalledTimes(1);
		characters.nodeValue = 'two';
		expect(squashed(node)).toBe('two');
	});

	test('is kept for each node apart', () => {
		const squashed = keptUntilChanged(squash());
		expect([textOf('one'), textOf('two')].map(squashed)).toEqual(['one', 'two']);
	});

	test.each([
		['none', textOf()],
		['several', textOf('one', 'two')],
		['another node', {nodeName: 'ink-text', childNodes: [textOf('one')]}],
	])('is joined anew where there is %s in it, which may change beside its value', (_, node) => {
		const original = squash();
		const squashed = keptUntilChanged(original);
		squashed(node);
		squashed(node);
		expect(original).toHaveBeenCalledTimes(2);
	});
});

test.each([
	['of the same width', '10:42:07', '10:42:08', 'truncate', true],
	[
		'of the same width in other colours',
		'\u001B[31m98%\u001B[39m',
		'\u001B[32m12%\u001B[39m',
		'truncate-end',
		true,
	],
	['that is longer', '9s', '10s', 'truncate', false],
	['of more lines', '1234', '1\n34', 'truncate', false],
	['of less lines', '1\n34', '1234', 'truncate', false],
	['whose width is not known', '日本', '1234', 'truncate', false],
	['that is wrapped by its words', 'a bc', 'ab c', 'wrap', false],
	['that is wrapped as Ink does by default', 'a bc', 'ab c', undefined, false],
	['that is the first', undefined, '1234', 'truncate', false],
])('a text %s keeps the layout or not', (_, before, after, textWrap, isKept) => {
	const style = textWrap === undefined ? {} : {textWrap};
	expect(keepsLayout({nodeName: '#text', parentNode: {nodeName: 'ink-text', style}}, before, after)).toBe(
		isKept,
	);
});

test('characters without a text around them change the layout', () => {
	expect(keepsLayout({nodeName: '#text'}, '1', '2')).toBe(false);
});
