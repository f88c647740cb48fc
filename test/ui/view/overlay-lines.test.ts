import {describe, expect, test} from 'vitest';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {overlayLines} from '../../../source/ui/view/overlay-lines.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';
import {FIVE, START, stateAfter} from '../state/states.ts';

const event = (name: string, sinceMs: number) =>
	({key: name, what: 'CPU', name, sinceMs, untilMs: undefined, peak: 0.95}) as const;

function linesOf(state: ScreenState): string {
	const feed = feedOf(storeOf(), {
		events: () => [event('new', NOW), event('old', NOW - 60_000)] as never,
		notices: () => ['pods are hidden'],
	});
	const {source} = feed;
	const view = source.view({level: 'nodes'}, state.cursor, NOW) as never;
	return overlayLines(state, {
		feed,
		source,
		view,
		subject: undefined,
		window: {windowMs: 300_000},
		nowMs: NOW,
		width: 100,
	}).join('\n');
}

describe('the lines of an overlay', () => {
	test('are empty if no overlay is open', () => {
		expect(linesOf(START)).toBe('');
		expect(linesOf(stateAfter([{type: 'filter'}]))).toBe('');
	});

	test('of the help contain all keys', () => {
		expect(linesOf(stateAfter([{type: 'help'}]))).toContain('move up and down');
	});

	test('of the events contain those up to the cursor', () => {
		const events = stateAfter([{type: 'events'}]);
		expect(linesOf(events)).toMatch(/new[\s\S]*old/);
		const before = linesOf({...events, cursor: {atMs: NOW - 30_000}});
		expect(before).toContain('old');
		expect(before).not.toContain('new');
	});

	test('of the explanation contain the selected row and the notices', () => {
		const explained = linesOf(act(START, {type: 'explain'}, FIVE));
		expect(explained).toMatch(/^ *(alpha|beta|gamma)/);
		expect(explained).toContain('pods are hidden');
	});
});
