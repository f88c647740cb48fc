import {stripVTControlCharacters} from 'node:util';
import {expect, test, vi} from 'vitest';
import {Header} from '../../../source/ui/components/header.tsx';
import {inSymbols} from '../../../source/ui/draw/ascii-symbols.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

// Called for every line that React renders.
vi.mock('../../../source/ui/draw/ascii-symbols.ts', async original => {
	const {inSymbols: actual} = await original<{inSymbols: typeof inSymbols}>();
	return {inSymbols: vi.fn(actual)};
});

const drawn = (): readonly string[] => vi.mocked(inSymbols).mock.calls.map(([line]) => line);

test('moving the selection renders only two rows', async () => {
	// So low that there is no preview of the selected row.
	const {press} = await renderApp({rows: 12});
	vi.mocked(inSymbols).mockClear();
	await press('j');
	expect(drawn().map(line => stripVTControlCharacters(line).slice(0, 7))).toEqual(['  alpha', '▸ beta ']);
});

test('a frame with the same content renders nothing', async () => {
	const {store, settle} = await renderApp();
	vi.mocked(inSymbols).mockClear();
	store.requestFrame();
	await settle();
	expect(drawn()).toEqual([]);
});

test('the clock draws the line that shows it, once, and not the totals below', async () => {
	let nowMs = NOW;
	const label = vi.fn(() => 'cluster');
	const {text} = await renderApp({
		columns: 120,
		rows: 14,
		feed: feedOf(storeOf(), {now: () => nowMs, label}),
		part: shown => <Header shown={shown} />,
	});
	const before = text();
	vi.mocked(inSymbols).mockClear();
	label.mockClear();
	nowMs += 1000;
	await vi.waitFor(() => expect(text()).not.toBe(before), {timeout: 5000});
	expect(drawn()).toHaveLength(1);
	expect(label).toHaveBeenCalledTimes(1);
});
