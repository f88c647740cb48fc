import {describe, expect, test} from 'vitest';
import {renderApp} from './render-app.tsx';

/** The lines from the prompt to the end of the screen: the typed text and the note below it. */
const foot = (text: () => string): string => {
	const lines = text().split('\n');
	return lines.slice(lines.findLastIndex(line => line.startsWith('/'))).join('\n');
};

describe('the filter prompt', () => {
	test.each([
		['', /^\/\s+Enter applies, Esc cancels/],
		['nam', /^\/nam\s+Tab: name:/],
		['name:', /^\/name:\s+Tab: alpha beta gamma/],
		['al', /^\/al\s+Enter applies/],
		['cpu>x', /^\/cpu>x\s+x is no number/],
		['cpuu>1', /^\/cpuu>1\s+no column cpuu: did you mean cpu\?/],
		['zzz', /^\/zzz\s+none of 3 rows matches zzz: words are looked for in name/],
	])('with %j shows completions or keys', async (typed, line) => {
		const {press, text} = await renderApp();
		await press('/', ...(typed === '' ? [] : [typed]));
		expect(foot(text)).toMatch(line);
	});

	test('keeps an invalid filter with its error on Enter, and does not save it', async () => {
		const {press, text, remembered, store} = await renderApp();
		await press('/', 'cpu>x', '\r');
		expect(foot(text)).toMatch(/^\/cpu>x\s+x is no number/);
		expect(store.state.memory.filters).toEqual([]);
		expect(remembered).toEqual([]);
	});

	test('applies a filter without matches on Enter, and shows what can be filtered', async () => {
		const {press, text, remembered} = await renderApp();
		await press('/', 'zzz', '\r');
		expect(foot(text)).toContain('none of 3 rows matches zzz: words are looked for in name');
		expect(text()).toContain('none of 3 nodes matches the filter; Esc clears it');
		expect(remembered.at(-1)?.filters).toEqual(['zzz']);
		await press('\u001B');
		expect(text()).toContain('alpha');
	});

	test('accepts pasted text as one line', async () => {
		const {press, text} = await renderApp();
		await press('/', '\u001B[200~al\nph\u001B[201~');
		expect(foot(text)).toMatch(/^\/al ph\s/);
	});

	test.each([
		[20, 5],
		[40, 10],
		[40, 24],
	])('shows the end of a long filter at %ix%i', async (columns, rows) => {
		const {press, text} = await renderApp({columns, rows});
		await press('/', `${'a'.repeat(50)}xyz`);
		expect(foot(text)).toMatch(/^\/a+xyz/);
		expect(
			Math.max(
				...text()
					.split('\n')
					.map(line => line.length),
			),
		).toBeLessThanOrEqual(columns);
	});

	test('shows errors in the style of warnings', async () => {
		const {press, frame} = await renderApp({colors: '16'});
		await press('/', 'cpu>x');
		expect(frame()).toContain('\u001B[33m x is no number');
	});
});
