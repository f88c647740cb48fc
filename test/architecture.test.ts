import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../source/metrics/columns/columns.ts';
import {LEVELS} from '../source/metrics/model/levels.ts';

const source = resolve(import.meta.dirname, '../source');

/** Who may import whom. Packages are named without a path, Node's own modules as `node`. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
	metrics: [],
	// The package; the room has its name.
	yaml: ['yaml'],
	http: ['metrics', 'node', 'undici'],
	scrape: ['metrics', 'http', 'node'],
	cluster: ['metrics', 'http', 'node', 'yaml'],
	history: ['metrics', 'http', 'node'],
	output: ['metrics', 'node', 'fast-string-width'],
	ui: ['metrics', 'node', 'ink', 'react', 'asciichart', 'fast-string-width', '@alcalzone'],
	demo: ['metrics', 'history', 'node'],
	options: ['metrics', 'node', 'yaml', 'meow'],
	help: ['metrics', 'options'],
	completion: ['metrics', 'cluster', 'options', 'help', 'connect', 'node'],
	connect: ['metrics', 'http', 'scrape', 'cluster', 'history', 'demo', 'options', 'node'],
	recorder: ['metrics', 'http', 'scrape', 'cluster', 'history', 'options', 'output', 'connect', 'node'],
	doctor: ['metrics', 'http', 'scrape', 'cluster', 'history', 'options', 'connect', 'node'],
	kubectl: ['metrics', 'cluster', 'options', 'connect', 'node'],
	commands: [
		'metrics',
		'http',
		'scrape',
		'cluster',
		'history',
		'output',
		'ui',
		'options',
		'help',
		'completion',
		'connect',
		'recorder',
		'doctor',
		'kubectl',
		'node',
	],
	main: ['metrics', 'options', 'commands', 'node'],
	cli: ['main'],
	'single-executable': ['main', 'demo'],
};

/** Who may import whom within the core. */
const METRICS_ROOMS: Readonly<Record<string, readonly string[]>> = {
	model: [],
	rings: ['model'],
	rates: ['model', 'rings'],
	reasons: ['model'],
	columns: ['model', 'reasons'],
	problems: ['model'],
	rollups: ['model'],
	view: ['model', 'columns', 'problems', 'rollups'],
	store: ['model', 'rings', 'rates', 'rollups', 'view'],
};

/** Who may import whom within the screen: its pure rooms, which know no React, no terminal and no clock. */
const PURE_UI_ROOMS: Readonly<Record<string, readonly string[]>> = {
	theme: ['metrics'],
	format: ['metrics', 'ui/theme', 'asciichart', 'fast-string-width'],
	state: ['metrics', 'ui/format'],
	draw: ['metrics', 'ui/format', 'ui/theme', 'ui/state', 'ui/feed'],
	// Of the terminal its mouse events, which are a type.
	view: ['metrics', 'ui/draw', 'ui/format', 'ui/theme', 'ui/state', 'ui/feed', 'ui/terminal'],
};

type Import = {readonly from: string; readonly room: string; readonly to: string};

/** `metrics/store.ts` is in the room `metrics`, `cli.ts` in `cli`. */
function roomOf(path: string): string {
	return (
		relative(source, path)
			.split('/')[0]
			?.replace(/\.tsx?$/, '') ?? ''
	);
}

function specifiersOf(path: string): readonly string[] {
	const text = readFileSync(path, 'utf8');
	// At the beginning of a line only, so that the word in a text is no import; and dynamic ones anywhere.
	const statements = /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
	return [...text.matchAll(statements)].map(match => match[1] ?? match[2] ?? match[3] ?? '');
}

function importsOf(path: string): readonly Import[] {
	return specifiersOf(path).map(specifier => ({
		from: relative(source, path),
		room: roomOf(path),
		to: specifier.startsWith('.')
			? roomOf(resolve(dirname(path), specifier))
			: specifier.startsWith('node:')
				? 'node'
				: (specifier.split('/')[0] ?? ''),
	}));
}

function filesImportedBy(path: string): readonly string[] {
	return specifiersOf(path)
		.filter(specifier => specifier.startsWith('.'))
		.map(specifier => resolve(dirname(path), specifier));
}

/** Each circle that a walk along the imports closes, as `a → b → a`. */
function circles(): readonly string[] {
	const found: string[] = [];
	const done = new Set<string>();
	const walk = (path: string, trail: readonly string[]): void => {
		const start = trail.indexOf(path);
		if (start !== -1) {
			found.push([...trail.slice(start), path].map(each => relative(source, each)).join(' → '));
		} else if (!done.has(path)) {
			for (const to of filesImportedBy(path)) {
				walk(to, [...trail, path]);
			}

			done.add(path);
		}
	};
	for (const path of files) {
		walk(path, []);
	}

	return found;
}

/** Files that are loaded together with this one. */
function staticImportsOf(path: string): readonly string[] {
	return [
		...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b(?! type\b)[^'"]*?from '(\.[^']+\.tsx?)'/gm),
	].map(([, specifier = '']) => specifier);
}

/** Files that are loaded together with these of `source`, themselves among them. */
function loadedWith(...names: readonly string[]): readonly string[] {
	const loaded = new Set<string>();
	const load = (path: string): void => {
		if (!loaded.has(path)) {
			loaded.add(path);
			for (const specifier of staticImportsOf(path)) {
				load(resolve(dirname(path), specifier));
			}
		}
	};
	for (const name of names) {
		load(join(source, name));
	}

	return [...loaded];
}

const files = readdirSync(source, {recursive: true, encoding: 'utf8'})
	.filter(name => /\.tsx?$/.test(name))
	.map(name => join(source, name));
const imports = files.flatMap(importsOf);

describe('the rooms', () => {
	test('are all named here', () => {
		expect([...new Set(files.map(roomOf))].filter(room => ROOMS[room] === undefined)).toEqual([]);
	});

	test('import only whom they may', () => {
		const forbidden = imports
			.filter(({room, to}) => room !== to && !ROOMS[room]?.includes(to))
			.map(({from, to}) => `${from} imports ${to}`);
		expect(forbidden).toEqual([]);
	});

	test('of the core import only whom they may', () => {
		const inner = (path: string): string => relative(join(source, 'metrics'), path).split('/')[0] ?? '';
		const core = files.filter(path => roomOf(path) === 'metrics');
		const forbidden = core.flatMap(path =>
			filesImportedBy(path)
				.filter(to => inner(to) !== inner(path) && !METRICS_ROOMS[inner(path)]?.includes(inner(to)))
				.map(to => `${relative(source, path)} imports ${relative(source, to)}`),
		);
		expect([...new Set(core.map(inner))].sort()).toEqual(Object.keys(METRICS_ROOMS).sort());
		expect(forbidden).toEqual([]);
	});

	test('have no circle: no file imports itself by way of others, not even for a type', () => {
		expect(circles()).toEqual([]);
	});

	test('of the screen that are pure import only whom they may', () => {
		const inner = (path: string): string => {
			const [room = '', name = ''] = relative(source, path).split('/');
			return room === 'ui' ? `ui/${name.replace(/\.tsx?$/, '')}` : room;
		};
		const forbidden = files.flatMap(path => {
			const allowed = PURE_UI_ROOMS[inner(path).replace('ui/', '')];
			return inner(path).startsWith('ui/') && allowed !== undefined
				? specifiersOf(path).flatMap(specifier => {
						const to = specifier.startsWith('.') ? inner(resolve(dirname(path), specifier)) : specifier;
						return to === inner(path) || allowed.includes(to)
							? []
							: [`${relative(source, path)} imports ${to}`];
					})
				: [];
		});
		expect(forbidden).toEqual([]);
	});

	test('are read by this test: the core is imported by the rooms around it', () => {
		const importers = new Set(
			imports.filter(({room, to}) => room !== to && to === 'metrics').map(({room}) => room),
		);
		expect([...importers]).toEqual(expect.arrayContaining(['scrape', 'http', 'output', 'ui', 'commands']));
	});

	test('keep the screen behind a door: what a pipe loads at its start leads nowhere near it', () => {
		const rooms = loadedWith('main.ts', 'commands/snapshot.ts').map(roomOf);
		expect(rooms).toEqual(expect.arrayContaining(['commands', 'metrics', 'output']));
		expect(rooms).not.toContain('ui');
	});

	test('keep undici and TLS behind the first request: who opens an endpoint does not load them', () => {
		const loaded = loadedWith(
			'main.ts',
			'commands/monitor.ts',
			'commands/snapshot.ts',
			'commands/record.ts',
			'cluster/connection/open-access.ts',
			'scrape/kubelet/target.ts',
			'history/influxdb/client.ts',
		);
		const heavy = /^import (?!type\b)[^;]*from '(?:undici|node:tls)/m;
		expect(loaded.map(path => relative(source, path))).toContain('http/kept-connections.ts');
		expect(loaded.filter(path => heavy.test(readFileSync(path, 'utf8')))).toEqual([]);
		expect(files.filter(path => heavy.test(readFileSync(path, 'utf8')))).not.toEqual([]);
	});

	test('start threads in one place, and give them nothing of the cluster’s inventory, the store or the screen', () => {
		const threaded = files.filter(path =>
			/^import [^;]*'node:worker_threads'/m.test(readFileSync(path, 'utf8')),
		);
		expect([...new Set(threaded.map(path => relative(source, dirname(path))))]).toEqual(['scrape/workers']);
		const loaded = loadedWith('scrape/workers/worker.ts').map(path => relative(source, path));
		expect(loaded).toContain('scrape/kubelet/decode-summary.ts');
		expect(
			loaded.filter(path => !/^(?:scrape\/(?:workers\/|kubelet\/|[\w-]+\.ts)|http\/|metrics\/)/.test(path)),
		).toEqual([]);
		expect(loaded.filter(path => path.startsWith('metrics/store/'))).toEqual([]);
	});

	test('load threads with many kubelets only', () => {
		const loaded = loadedWith('main.ts', 'commands/monitor.ts').map(path => relative(source, path));
		expect(loaded).toContain('scrape/workers/kubelet-workers.ts');
		expect(loaded).not.toContain('scrape/workers/scrape-worker.ts');
	});

	test('have one client for HTTP: nothing sends a request by Node’s own', () => {
		const asking = files.filter(path =>
			/^import [^;]*\b(?:request|get|Agent)\b[^;]*from 'node:https?'/m.test(readFileSync(path, 'utf8')),
		);
		expect(asking).toEqual([]);
	});

	test('leave undici’s parser unoptimised in all that read a cluster', () => {
		const sparing = files.filter(path => readFileSync(path, 'utf8').includes('leaveParserUnoptimized'));
		expect(sparing.map(path => relative(source, path)).sort()).toEqual([
			'commands/doctor.ts',
			'commands/monitor.ts',
			'commands/record.ts',
			'commands/snapshot.ts',
			'commands/v8-flags.ts',
		]);
	});
});

test('tests are in folders of the same names as what they test', () => {
	const tests = readdirSync(import.meta.dirname, {recursive: true, encoding: 'utf8'}).filter(name =>
		/\.test\.tsx?$/.test(name),
	);
	const folders = new Set(files.map(path => dirname(relative(source, path))));
	// What is built, the program as a whole, what it survives, and the report of that are in no folder of the source.
	const elsewhere = [...new Set(tests.map(name => dirname(name)))].filter(folder => !folders.has(folder));
	expect(elsewhere.sort()).toEqual(['build', 'e2e', 'faults', 'fuzz', 'reliability']);
});

test('a column is named in no file outside metrics/columns, so that a new one is one file and its test', () => {
	// Ids with a sign in them: others, as `cpu`, are words with other meanings too.
	const ids = new Set(
		LEVELS.flatMap(level => columnsOf(level).map(({id}) => id)).filter(id => /[%-]/.test(id)),
	);
	const naming = files
		.filter(path => !relative(source, path).startsWith('metrics/columns/'))
		.flatMap(path =>
			[...readFileSync(path, 'utf8').matchAll(/'([a-z%-]+)'/g)]
				.filter(([, text = '']) => ids.has(text))
				.map(([, text]) => `${relative(source, path)} names ${text}`),
		);
	expect(ids.size).toBeGreaterThan(20);
	// A key that sorts by a column has to name it.
	expect(naming).toEqual(['ui/state/keymap.ts names net-received']);
});
