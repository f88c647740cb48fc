import {Writable} from 'node:stream';
import fc from 'fast-check';
import {render} from 'ink';
import {describe, expect, test} from 'vitest';
import {App} from '../../../source/ui/components/app.tsx';
import {widthOf} from '../../../source/ui/format/width.ts';
import {ScreenStore} from '../../../source/ui/hooks/screen-store.ts';
import type {Action} from '../../../source/ui/state/action.ts';
import {KEYMAP} from '../../../source/ui/state/keymap.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../../source/ui/state/screen-memory.ts';
import {initialState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {cpuReading, nodeReading, reading} from '../../metrics/readings.ts';
import {feedOf, LIVE, NOW, storeOf, type TestFeed} from '../feeds.ts';
import {type RenderOptions, renderApp} from './render-app.tsx';

/** Renders the app with a feed in a terminal of 100x24. */
async function openScreen(feed: TestFeed = feedOf(storeOf())) {
	return {feed, ...(await renderApp({feed}))};
}

/** The lines below the header, whose totals may change with time. */
const tableOf = (text: string): readonly string[] => text.split('\n').slice(3);

describe('the screen', () => {
	test('shows the totals of the cluster and how many nodes they cover', async () => {
		const {text} = await openScreen();
		expect(text()).toContain('3 kubelets');
		expect(text()).toContain('nodes 2/3');
		expect(text()).toContain('4.80 of 8.00 cores 60%');
	});

	test('lists the node with the highest CPU usage first', async () => {
		const {order, line} = await openScreen();
		expect(order('beta', 'alpha')).toEqual(['alpha', 'beta']);
		expect(line('▸ alpha')).toMatch(/3\.80 +95% .*3\.8Gi +95% .*ok 57ms/);
	});

	test('shows why a node cannot be scraped, dashes for its figures, and the other nodes', async () => {
		const {line} = await openScreen();
		expect(line('gamma')).toMatch(/gamma +– +– .*403 needs n/);
		expect(line('gamma')).not.toMatch(/ 0( |$)/);
		expect(line('beta')).toContain('ok 57ms');
	});

	test('shows the whole error and the fix on e', async () => {
		const {text, press} = await openScreen();
		await press('G', 'e');
		expect(text()).toContain('forbids ktop to get nodes/stats');
		expect(text()).toContain('→ grant it in a ClusterRole');
		expect(text()).toMatch(/– CPU, CPU%, [^:]*: the\s+node cannot be read: 403 needs\s+nodes\/stats/);
	});

	test('opens a node on its charts and containers, and goes back to the same row', async () => {
		const {text, press, line} = await openScreen();
		await press('j', '\r');
		expect(text()).toContain('nodes › beta › containers');
		expect(text()).toContain('db-0-main');
		expect(text()).not.toContain('web-1-main');
		await press('\u001B');
		expect(line('▸')).toContain('beta');
	});

	test('opens a container on its charts', async () => {
		const {text, press} = await openScreen();
		await press('3', '\r');
		expect(text()).toMatch(/containers › shop\/web-[12]\/web-[12]-main/);
		expect(text()).toMatch(/CPU +3\.80/);
		expect(text()).toContain('┤');
	});

	test('reports the node of the open page, and when there is none', async () => {
		const told: Array<string | undefined> = [];
		const {press} = await openScreen(feedOf(storeOf(), {polling: {setViewedNode: id => void told.push(id)}}));
		const openIds = (): ReadonlyArray<string | undefined> =>
			told.splice(0).filter((id, index, all) => id !== all[index - 1] || index === 0);
		expect(openIds()).toEqual([undefined]);
		await press('j', '\r');
		expect(openIds()).toEqual([undefined, 'beta']);
		await press('\r');
		expect(openIds()).toEqual(['beta']);
		await press('\u001B', '\u001B');
		expect(openIds()).toEqual(['beta', undefined]);
		await press('4', '\r');
		expect(openIds()).toEqual([undefined]);
	});

	test('shows charts and facts of the cluster above its nodes', async () => {
		const {text, press, line} = await openScreen();
		await press('0');
		expect(text()).toContain(' cluster › nodes');
		expect(text()).toMatch(/CPU +4\.80 cores/);
		expect(text()).toContain('cap 8.00');
		expect(line('▸')).toContain('alpha');
		await press('d');
		expect(line('Nodes')).toMatch(/Nodes +3, 2 read/);
		expect(text()).toMatch(/CPU +4\.80 of 8\.00 ▰+▱+ 60%/);
		await press('\r');
		expect(text()).toContain('cluster › alpha › containers');
		await press('\u001B', '\u001B');
		expect(text()).toContain('1 Nodes');
	});

	test('keeps the selection on its row when the order is reversed', async () => {
		const {press, line} = await openScreen();
		await press('j', 'r');
		expect(line('▸')).toContain('beta');
	});

	test('shows new samples without a key', async () => {
		const store = storeOf();
		const {feed, text, settle} = await openScreen(feedOf(store));
		store.addNode('delta', 'delta');
		feed.change();
		await settle();
		expect(text()).toContain('delta');
		expect(text()).toContain('waiting');
	});

	test('filters while it is typed', async () => {
		const {press, text} = await openScreen();
		await press('2', '/', 'd', 'b');
		expect(text()).toContain('db-0');
		expect(text()).not.toContain('web-1');
		expect(text()).toContain('1 of 3');
		await press('\r', '\u001B');
		expect(text()).toContain('web-1');
	});

	test('handles keys of one chunk one by one', async () => {
		const {press, text, line} = await openScreen();
		await press('jj');
		expect(line('▸')).toContain('gamma');
		await press('2/db\rn');
		expect(text()).toContain('1 of 3');
		expect(line('NAMESPACE')).toContain('NET↓▼');
	});

	test('shows the error of an invalid filter and all rows', async () => {
		const {press, text} = await openScreen();
		await press('/', 'cpu>x');
		expect(text()).toContain('x is no number');
		expect(text()).toContain('alpha');
	});

	test('sorts by memory and by name', async () => {
		const {press, line} = await openScreen();
		await press('m');
		expect(line('NODE')).toContain('MEM▼');
		await press('<', '<', '<');
		expect(line('NODE')).toContain('NODE▲');
	});

	test('does not change while it is paused, and shows the pause', async () => {
		const store = storeOf();
		const {press, text, feed, settle} = await openScreen(feedOf(store));
		await press(' ');
		expect(text()).toContain('‖ paused 0s ago');
		const timeMs = NOW + 10_000;
		store.apply(
			'beta',
			[reading(timeMs, {node: nodeReading({cpu: cpuReading({timeMs, usageCores: 2}), cpuCapacityCores: 4})})],
			LIVE,
		);
		feed.change();
		await settle();
		expect(text()).toContain('4.80 of');
		await press(' ');
		expect(text()).toContain('● live');
	});

	test('keeps all figures on pause, and only those of the rings when stepping back', async () => {
		const {press, line} = await openScreen();
		await press(' ');
		expect(line('alpha')).toContain('ok 57ms');
		await press('[');
		expect(line('alpha')).toMatch(/3\.80 .* past/);
	});

	test('steps back in time', async () => {
		const {press, text, line} = await openScreen();
		await press('[', '[');
		expect(text()).toContain('‖ paused 20s ago');
		expect(line('alpha')).toContain(' past');
		await press(']', ']');
		expect(text()).toContain('● live');
	});

	test('changes the interval', async () => {
		const {press, feed, text} = await openScreen();
		await press('-');
		expect(feed.intervals).toEqual([10_000, 5000]);
		expect(text()).toContain('every 5s');
		await press('+', '+');
		expect(feed.intervals).toEqual([10_000, 5000, 10_000, 15_000]);
	});

	test.each([
		['nodes', false],
		['nodes', true],
		['pods', false],
		['containers', false],
		['namespaces', false],
	] as const)(
		'shows in the rows of %s (wide: %s), as time passes without news, what a screen shows that is opened then',
		async (level, isWide) => {
			let nowMs = NOW;
			const options: RenderOptions = {
				feed: feedOf(storeOf(), {now: () => nowMs}),
				level,
				state: start => ({...start, isWide}),
				columns: 160,
			};
			const {text, store, settle} = await renderApp(options);
			for (const laterMs of [1000, 30_000, 30_001, 130_000]) {
				nowMs = NOW + laterMs;
				store.requestFrame();
				await settle();
				const opened = await renderApp(options);
				expect(tableOf(text())).toEqual(tableOf(opened.text()));
			}
		},
	);

	test('marks a demo on every page', async () => {
		const {text, press} = await openScreen(feedOf(storeOf(), {isDemo: true}));
		for (const key of ['1', '2', '3', '4', '?', '?', '1', '\r', '\r']) {
			await press(key);
			expect(text()).toContain('DEMO');
		}
	});

	test('lists all keys in the help', async () => {
		const {text, press} = await openScreen();
		await press('?');
		expect(text()).toContain('move up and down');
		await press('G');
		expect(text()).toContain('quit');
		await press('?');
		expect(text()).toContain('alpha');
	});

	test('never prints control characters of names', async () => {
		const {text} = await openScreen(feedOf(storeOf(['evil\u001B[2J\u0007\u009B31m', 'b\u202Ea'])));
		expect(text()).toContain('evil\uFFFD[2J\uFFFD');
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not be in the frame
		expect(text()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
	});
});

describe('for any size and any keys', () => {
	const store = storeOf(['日本語ノード', 'beta-with-a-rather-long-name-that-goes-on']);
	const feed = feedOf(store, {isDemo: true});
	const actions: readonly Action[] = KEYMAP.map(({action}) => action);

	test('a frame is exactly as large as the screen', () => {
		fc.assert(
			fc.property(
				// Mostly small sizes, which have less room and are faster with stock Ink.
				fc.oneof({weight: 3, arbitrary: fc.integer({min: 2, max: 60})}, fc.integer({min: 61, max: 160})),
				fc.oneof({weight: 3, arbitrary: fc.integer({min: 2, max: 14})}, fc.integer({min: 15, max: 45})),
				fc.array(fc.constantFrom(...actions), {maxLength: 12}),
				fc.constantFrom('unicode', 'ascii'),
				fc.boolean(),
				(columns, rows, pressed, symbols, hasColor) => {
					let state = initialState('nodes', {
						sort: undefined,
						filter: undefined,
						namespaces: undefined,
						memory: NO_MEMORY,
					});
					const viewOf = () => {
						const {level, ...query} = currentPage(state);
						return level === undefined ? undefined : store.view({level, ...query}, state.cursor, NOW);
					};
					for (const action of pressed) {
						state = act(state, action, {
							rows: viewOf()?.rows ?? [],
							sortable: ['name', 'cpu', 'memory'],
							shownColumns: () => ['name', 'cpu', 'memory'],
							height: rows,
							factsPages: 1,
							nowMs: NOW,
							span: store.span(),
							stepMs: 10_000,
							windowLimitMs: 900_000,
							namespaces: () => ['shop'],
							contexts: () => [],
							context: undefined,
							filterProblem: () => undefined,
							choosable: {all: ['name', 'cpu', 'memory'], defaults: ['name', 'cpu']},
							vocabulary: {columns: [], valuesOf: () => [], labels: () => []},
							filterAdvice: {kind: 'ok'},
							events: () => [],
							overlayRest: 3,
							grid: undefined,
							groupedBy: undefined,
							groupKeys: () => [],
							groupLabels: () => [],
						});
					}

					const theme = createTheme({name: 'terminal', colors: hasColor ? '16' : 'none', symbols});
					const lines = frameOf(
						<App
							store={new ScreenStore(feed, state, {isClear: () => true, remember: () => {}, isLive: false})}
							theme={theme}
							terminal={{
								tier: symbols === 'ascii' ? 'ascii' : 'lines',
								multiplexer: undefined,
								write: () => {},
								settle: async () => {},
								dropTypedAhead: () => {},
								redraw: () => {},
								onMouse: () => () => {},
								onFunctionKey: () => () => {},
							}}
							isSpoken={false}
						/>,
						{columns, rows},
					);
					expect(lines).toHaveLength(rows);
					expect(lines.filter(line => widthOf(line) > columns)).toEqual([]);
				},
			),
			{numRuns: 70},
		);
	});
});

/** The first frame of stock Ink in a terminal of the given size. */
function frameOf(
	app: Parameters<typeof render>[0],
	{columns, rows}: {readonly columns: number; readonly rows: number},
): readonly string[] {
	let frame = '';
	const stdout = Object.assign(
		new Writable({
			write(chunk: Buffer, _encoding, done) {
				const text = chunk.toString();
				// biome-ignore lint/suspicious/noControlCharactersInRegex: modes begin with ESC
				frame = /^(?:\u001B\[\?\d+[hl])*$/.test(text) ? frame : text;
				done();
			},
		}),
		{columns, rows, isTTY: true},
	);
	const {unmount} = render(app, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: Object.assign(new Writable(), {
			isTTY: true,
			setRawMode() {},
			setEncoding() {},
			ref() {},
			unref() {},
			read: () => null,
		}) as unknown as NodeJS.ReadStream,
		debug: true,
		interactive: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	const lines = frame.split('\n');
	unmount();
	return lines;
}
