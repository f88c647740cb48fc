import {Buffer} from 'node:buffer';
import {describe, expect, test, vi} from 'vitest';
import type {ContextsFeed, Feed, OpenedContext} from '../../../source/ui/feed.ts';
import {renderApp} from '../components/render-app.tsx';
import {feedOf, storeOf} from '../feeds.ts';
import {contextNamed} from '../state/states.ts';

const podsOf = (known: Partial<Feed> = {}, terminal = {}) =>
	renderApp({feed: feedOf(storeOf(), known), level: 'pods', terminal});

describe('y', () => {
	test.each([
		[undefined, 'copied web-1, if the terminal supports it'],
		['tmux', 'copied web-1, if tmux allows it'],
	] as const)('copies the name of the row through %s', async (multiplexer, said) => {
		const {press, written, text} = await podsOf({}, {multiplexer});
		await press('y');
		expect(written.join('')).toContain(`\u001B]52;c;${Buffer.from('web-1').toString('base64')}\u0007`);
		expect(text()).toContain(said);
	});
});

describe('kubectl', () => {
	test.each([
		['l', 'logs'],
		['p', 'ended-logs'],
		['s', 'shell'],
	])('gets the terminal on %s for the %s of the row, and its message is shown', async (key, to) => {
		const handOver = vi.fn<NonNullable<Feed['handOver']>>(async () => 'kubectl ended with 1');
		const {press, text} = await podsOf({handOver});
		await press(key);
		await vi.waitFor(() => expect(text()).toContain('kubectl ended with 1'));
		expect(handOver.mock.calls.map(([what, row]) => [what, row.name])).toEqual([[to, 'web-1']]);
	});

	test('is not run without a cluster', async () => {
		const {press, text} = await podsOf();
		await press('l');
		expect(text()).toContain('logs and shell need a cluster');
	});

	test('has all keys while it has the terminal', async () => {
		let end = (): void => {};
		const {press, store} = await podsOf({
			handOver: () =>
				new Promise(resolve => {
					end = () => resolve(undefined);
				}),
		});
		await press('l');
		const {state} = store;
		await press('j', '?');
		expect(store.state).toBe(state);
		end();
		await vi.waitFor(() => expect(store.isHeld).toBe(false));
	});
});

describe('+ and -', () => {
	test('change the interval', async () => {
		const {press, text} = await podsOf();
		await press('+');
		expect(text()).toContain('interval: 15s');
	});

	test('change the speed of a replay', async () => {
		let speed = 1;
		const playback = {
			speed: () => speed,
			setSpeed: (next: number) => {
				speed = next;
			},
			skip: () => {},
		};
		const {press, text} = await podsOf({playback});
		await press('+');
		expect(text()).toContain('speed: 2x');
		await press('-', '-');
		expect(text()).toContain('speed: 0.5x');
	});
});

test('] skips forward in a replay', async () => {
	const skip = vi.fn();
	const {press} = await podsOf({playback: {speed: () => 1, setSpeed: () => {}, skip}});
	await press(']');
	expect(skip).toHaveBeenCalledTimes(1);
	await press('[', ']');
	expect(skip).toHaveBeenCalledTimes(1);
});

test('Ctrl-L redraws, also in an overlay', async () => {
	const redraw = vi.fn();
	const {press} = await podsOf({}, {redraw});
	await press('\f', '?', '\f');
	expect(redraw).toHaveBeenCalledTimes(2);
});

test('a key that closes an overlay does nothing else', async () => {
	const handOver = vi.fn(async () => undefined);
	const {press, text} = await podsOf({handOver});
	await press('?', 's');
	expect(text()).toMatch(/▸ shop +web-1/);
	expect(handOver).not.toHaveBeenCalled();
});

test('pasted text outside of a prompt shows a message', async () => {
	const {press, text} = await podsOf();
	await press('\u001B[200~jjq\u001B[201~');
	expect(text()).toContain('pasted text was ignored');
});

test('a click selects a row, and the wheel moves the selection', async () => {
	const {point, text, line} = await podsOf();
	const row = text()
		.split('\n')
		.findIndex(each => each.includes('db-0'));
	await point({kind: 'press', column: 10, line: row});
	expect(line('▸')).toContain('db-0');
	await point({kind: 'wheel-up', column: 10, line: row});
	expect(line('▸')).toContain('web-1');
});

describe('C', () => {
	const FAILURE = {
		code: 'refused',
		brief: 'refused',
		message: 'API server https://dev.example refused',
		hint: 'start it',
	} as const;
	const contextsOf = (opened: OpenedContext) => {
		const open = vi.fn<ContextsFeed['open']>(async () => opened);
		const contexts: ContextsFeed = {
			list: () => ({contexts: ['dev', 'prod'].map(contextNamed), failure: undefined}),
			whenRead: async () => {},
			current: () => 'prod',
			opening: () => undefined,
			failed: () => (opened.kind === 'failed' ? {name: 'dev', failure: opened.failure} : undefined),
			open,
		};
		return {open, contexts};
	};

	test('lists the contexts, and Enter opens the selected one', async () => {
		const {open, contexts} = contextsOf({kind: 'opened', hidesNodes: false});
		const {press, text} = await podsOf({contexts});
		await press('C');
		expect(text()).toMatch(/\* prod +prod\.example/);
		await press('k', '\r');
		expect(open.mock.calls).toEqual([['dev']]);
		await vi.waitFor(() => expect(text()).toContain('context dev'));
		expect(text()).toContain('web-1');
	});

	test('keeps the list open where a context fails to open, with the whole reason', async () => {
		const {contexts} = contextsOf({kind: 'failed', failure: FAILURE});
		const {press, text} = await podsOf({contexts});
		await press('C', 'k', '\r');
		await vi.waitFor(() => expect(text()).toContain('dev: API server https://dev.example refused; start it'));
		expect(text()).toMatch(/\* prod/);
	});

	test('is told that this source has none', async () => {
		const {press, text} = await podsOf();
		await press('C');
		expect(text()).toContain('this source is no context of a kubeconfig');
		expect(text()).toContain('web-1');
	});

	test('is not needed for :ctx NAME, which tells in one line why a context fails to open', async () => {
		const {open, contexts} = contextsOf({kind: 'failed', failure: FAILURE});
		const {press, text} = await podsOf({contexts});
		await press(':', 'ctx dev', '\r');
		await vi.waitFor(() =>
			expect(text()).toContain('context dev: API server https://dev.example refused; start it'),
		);
		expect(open.mock.calls).toEqual([['dev']]);
		expect(text()).toContain('web-1');
	});
});

test.each([['/'], [':'], ['o']])('after %s the terminal can still be drawn anew', async key => {
	const redraw = vi.fn<() => void>();
	const {press, store} = await podsOf({}, {redraw});
	await press(key);
	const {mode} = store.state;
	await press('\f');
	expect(redraw).toHaveBeenCalledOnce();
	expect(store.state.mode).toEqual(mode);
});
