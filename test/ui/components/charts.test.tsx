import {describe, expect, test, vi} from 'vitest';
import InkOutput from '../../../node_modules/ink/build/output.js';
import {composedRows, type Operation} from '../../../source/ui/terminal/line-output.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {type RenderOptions, renderApp} from './render-app.tsx';

/** The page of the first node, or of its first container. */
async function opened(options: RenderOptions = {}, ...keys: readonly string[]) {
	const app = await renderApp(options);
	await app.press('\r', ...keys);
	return app;
}

describe('the charts of a node', () => {
	test('are side by side above its table, and one without room is a single line', async () => {
		const {line, text} = await opened({columns: 80});
		expect(line('CPU  3.80')).toMatch(/^ {2}CPU {2}3\.80 cores +MEM {2}3\.8Gi {2}last 1m +NET ━ ↓1\.0MB\/s/);
		expect(text()).toMatch(/\n {2}FS +–\n {2}NAMESPACE POD/);
	});

	test.each([
		[20, 5, /nodes › alpha/],
		[30, 8, / {2}CPU 3\.80 cor… {2}MEM 3\.8Gi\n {2}NET ↓1\.0MB\/s…? {2,}FS {2}–/],
		[40, 12, / {2}CPU █+ 3\.80 cores/],
		[200, 60, / {5}4 ┤╌ cap 4\.00 ╌+ +4Gi ┤╌ cap 4\.0Gi ╌/],
	])('fit into %ix%i', async (columns, rows, shown) => {
		expect((await opened({columns, rows})).text()).toMatch(shown);
	});

	test('are ASCII in an ASCII terminal', async () => {
		const {text} = await opened({symbols: 'ascii', rows: 30});
		expect(text()).toMatch(/ {5}4 \+_ cap 4\.00 _/);
		expect(text()).toMatch(/^[\n -~]*$/);
	});
});

describe('the charts of a container', () => {
	test('fill the page, in pairs if stacked ones would be too low, and one without values is a line', async () => {
		const {line, text} = await opened({rows: 30}, '\r');
		expect(line('CPU  3.80')).toMatch(/CPU {2}3\.80 cores {2}last 1m +MEM {2}3\.8Gi/);
		expect(line('NET of its pod')).toContain('received 1.0MB/s');
		expect(text()).toMatch(/\n {2}THR +–/);
		expect(text()).not.toContain('NAMESPACE');
	});

	test('are stacked in a narrow terminal', async () => {
		const {line} = await opened({columns: 60, rows: 60}, '\r');
		expect(line('CPU  3.80')).not.toContain('MEM');
		expect(line('MEM  3.8')).not.toContain('NET');
	});

	test('show the values at the cursor', async () => {
		const {text} = await opened({rows: 30}, '\r', '[');
		expect(text()).toMatch(/CPU {2}3\.80 cores {2}at \d\d:\d\d:50/);
	});

	test('name the quantity of the history store if it is not the live one', async () => {
		const asked: string[] = [];
		const feed = feedOf(storeOf(), {
			past: {
				status: () => ({kind: 'ok', label: 'InfluxDB'}),
				seamMs: () => 1_800_000_030_000,
				keptInstead: (kind, series) => {
					asked.push(kind);
					return series === 'cpuCores' ? 'sums of containers' : undefined;
				},
				isLoading: () => false,
			},
		});
		const {text} = await opened({feed, columns: 160, rows: 40}, '\r');
		expect(text()).toMatch(/CPU .*┊ before: InfluxDB, sums of containers/);
		expect(text()).toMatch(/MEM .*┊ before: InfluxDB(?!, )/);
		expect(asked.at(-1)).toBe('container');
	});
});

test('no row of a page of charts is composed by Ink', async () => {
	const left: unknown[] = [];
	const get = InkOutput.prototype.get;
	const spy = vi.spyOn(InkOutput.prototype, 'get').mockImplementation(function (this: InkOutput) {
		const {operations} = this as unknown as {operations: readonly Operation[]};
		const rows = composedRows(operations, this) ?? [undefined];
		left.push(...rows.filter(row => row === undefined));
		return get.call(this);
	});
	try {
		await opened({columns: 200, rows: 60, colors: '16'}, 'd', '\r');
	} finally {
		spy.mockRestore();
	}

	expect(left).toEqual([]);
});
