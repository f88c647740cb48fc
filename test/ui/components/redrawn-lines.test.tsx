import {stripVTControlCharacters} from 'node:util';
import {expect, test, vi} from 'vitest';
import {inSymbols} from '../../../source/ui/draw/ascii-symbols.ts';
import {renderApp} from './render-app.tsx';

// Every line that React draws anew goes through it.
vi.mock('../../../source/ui/draw/ascii-symbols.ts', async original => {
	const {inSymbols: actual} = await original<{inSymbols: typeof inSymbols}>();
	return {inSymbols: vi.fn(actual)};
});

const drawn = (): readonly string[] => vi.mocked(inSymbols).mock.calls.map(([line]) => line);

test('a moved selection draws the two rows alone', async () => {
	const {press} = await renderApp();
	vi.mocked(inSymbols).mockClear();
	await press('j');
	expect(drawn().map(line => stripVTControlCharacters(line).slice(0, 7))).toEqual(['  alpha', '▸ beta ']);
});

test('a frame that shows the same draws nothing', async () => {
	const {store, settle} = await renderApp();
	vi.mocked(inSymbols).mockClear();
	store.ask();
	await settle();
	expect(drawn()).toEqual([]);
});
