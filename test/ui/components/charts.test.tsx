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
	test('stand side by side above its table, and the one without room is a line', async () => {
		const {line, text} = await opened({columns: 80});
		expect(line('CPU  3.80')).toMatch(/^ {2}CPU {2}3\.80 cores +MEM {2}3\.8Gi {2}last 1m +NET ━ ↓1\.0M\/s/);
		expect(text()).toMatch(/\n {2}FS +–\n {2}NAMESPACE POD/);
	});

	test.each([
		[20, 5, /nodes › alpha/],
		[30, 8, / {2}CPU 3\.80 cor… {2}MEM 3\.8Gi\n {2}NET ↓1\.0M\/s … {2}FS {2}–/],
		[40, 12, / {2}CPU █+ 3\.80 cores/],
		[200, 60, / {5}4 ┤╌ cap 4\.00 ╌+ +4Gi ┤╌ cap 4\.0Gi ╌/],
	])('are there at %ix%i as far as there is room', async (columns, rows, shown) => {
		expect((await opened({columns, rows})).text()).toMatch(shown);
	});

	test('are of ASCII where the terminal has no more', async () => {
		const {text} = await opened({symbols: 'ascii', rows: 30});
		expect(text()).toMatch(/ {5}4 \+_ cap 4\.00 _/);
		expect(text()).toMatch(/^[\n -~]*$/);
	});
});

describe('the charts of a container', () => {
	test('have the page, two abreast where one above the other would be low', async () => {
		const {line, text} = await opened({rows: 30}, '\r');
		expect(line('CPU  3.80')).toMatch(/CPU {2}3\.80 cores {2}last 1m +MEM {2}3\.8Gi/);
		expect(line('NET of its pod')).toContain('THROTTLED');
		expect(text()).not.toContain('NAMESPACE');
	});

	test('stand one above the other in a narrow terminal', async () => {
		const {line} = await opened({columns: 60, rows: 60}, '\r');
		expect(line('CPU  3.80')).not.toContain('MEM');
		expect(line('MEM  3.8')).not.toContain('NET');
	});

	test('are read at the cursor', async () => {
		const {text} = await opened({rows: 30}, '\r', '[');
		expect(text()).toMatch(/CPU {2}3\.80 cores {2}at \d\d:\d\d:50/);
	});

	test('say before the seam what a store keeps instead, where that is not what is shown live', async () => {
		const asked: string[] = [];
		const feed = feedOf(storeOf(), {
			past: {
				status: () => ({kind: 'ok', label: 'InfluxDB'}),
				seamMs: () => 1_800_000_030_000,
				keptInstead: (kind, series) => {
					asked.push(kind);
					return series === 'cpuCores' ? 'sums of containers' : undefined;
				},
				isAsking: () => false,
			},
		});
		const {text} = await opened({feed, columns: 160, rows: 40}, '\r');
		expect(text()).toMatch(/CPU .*┊ before: InfluxDB, sums of containers/);
		expect(text()).toMatch(/MEM .*┊ before: InfluxDB(?!, )/);
		expect(asked.at(-1)).toBe('container');
	});
});

test('a page of charts leaves no row of its frame to Ink', async () => {
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
