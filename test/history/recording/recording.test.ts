import {
	appendFileSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {afterAll, describe, expect, test} from 'vitest';
import {EventDecoder, EventEncoder, encodeHeader} from '../../../source/history/recording/event-codec.ts';
import {PlaybackClock} from '../../../source/history/recording/playback-clock.ts';
import {Player} from '../../../source/history/recording/player.ts';
import {readRecording} from '../../../source/history/recording/read-recording.ts';
import type {RecordedEvent, RecordingHeader} from '../../../source/history/recording/recorded-event.ts';
import {openRecording} from '../../../source/history/recording/recording-writer.ts';
import {ReplayedInventory} from '../../../source/history/recording/replayed-inventory.ts';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {nodeInfo, podInfo} from '../../metrics/inventories.ts';
import {LIVE} from '../../metrics/node-states.ts';
import {recorded} from '../../scrape/kubelet/recorded-kubelet.ts';

const HEADER: RecordingHeader = {
	startedAtMs: 1000,
	label: 'prod',
	context: undefined,
	kubernetesVersion: 'v1.36.2',
	isDemo: false,
	intervalMs: 10_000,
	hasInventory: true,
};
/** What a kubelet answered at three times. */
function readings(): readonly Reading[] {
	return [1, 2, 3].map(turn => {
		const reading = decodeSummary(recorded(`summary-${turn}.json`), turn * 10_000);
		if (reading === undefined) {
			throw new Error('the recorded summary cannot be read');
		}

		return reading;
	});
}

function events(): readonly RecordedEvent[] {
	const inventory = {
		nodes: {'node-a': nodeInfo('node-a', {labels: {app: 'x'}})},
		pods: {u1: podInfo('web')},
		hasAllPods: true,
		isSelective: false,
	};
	return [
		{kind: 'node', atMs: 1000, id: 'a', name: 'node-a'},
		{kind: 'inventory', atMs: 1500, inventory},
		...readings().flatMap((reading): readonly RecordedEvent[] => [
			{kind: 'reading', atMs: reading.receivedAtMs, id: 'a', reading},
			{kind: 'state', atMs: reading.receivedAtMs, id: 'a', state: {...LIVE, latencyMs: reading.receivedAtMs}},
		]),
		{kind: 'gone', atMs: 40_000, id: 'a'},
	];
}

/** Undefined and absent are the same in a file, and the order of pods and containers means nothing. */
function plain(all: readonly RecordedEvent[]): unknown {
	const byId = (one: object, other: object): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
	return JSON.parse(JSON.stringify(all), (_key, value) =>
		Array.isArray(value?.pods)
			? {...value, pods: value.pods.sort(byId), containers: value.containers.sort(byId)}
			: value,
	);
}

const folder = mkdtempSync(join(tmpdir(), 'ktop-recording-'));
afterAll(() => rmSync(folder, {recursive: true}));
let files = 0;
const newPath = (): string => join(folder, `${files++}.ktop`);

async function writeFileOf(all: readonly RecordedEvent[]): Promise<string> {
	const path = newPath();
	const writer = await openRecording(path, HEADER);
	for (const event of all) {
		writer.write(event);
		await writer.flush();
	}

	await writer.close();
	return path;
}

async function eventsIn(path: string): Promise<{
	readonly found: readonly RecordedEvent[];
	readonly cut: string | undefined;
}> {
	const recording = await readRecording(path);
	const found: RecordedEvent[] = [];
	for await (const event of recording.events) {
		found.push(event);
	}

	return {found, cut: recording.cut()};
}

describe('a recording', () => {
	test('gives back what was written into it', async () => {
		const path = await writeFileOf(events());
		expect((await readRecording(path)).header).toEqual(HEADER);
		const {found, cut} = await eventsIn(path);
		expect(plain(found)).toEqual(plain(events()));
		expect(cut).toBeUndefined();
	});

	test('says where the inventory was frozen, and one of before that was not', async () => {
		const frozen = {nodes: {}, pods: {}, hasAllPods: true, isSelective: false};
		const {found} = await eventsIn(
			await writeFileOf([
				{kind: 'inventory', atMs: 1, inventory: {...frozen, isCurrent: false}},
				{kind: 'inventory', atMs: 2, inventory: frozen},
			]),
		);
		const replayed = new ReplayedInventory();
		const currents = found.map(event => {
			if (event.kind === 'inventory') {
				replayed.update(event.inventory);
			}

			return replayed.isCurrent();
		});
		expect(currents).toEqual([false, true]);
	});

	test('is readable only by its owner, and overwrites nothing', async () => {
		const path = await writeFileOf([]);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		await expect(openRecording(path, HEADER)).rejects.toMatchObject({code: 'usage', brief: 'file exists'});
	});

	test('replays up to the cut, wherever it is cut off', async () => {
		const path = await writeFileOf(events());
		const {length} = readFileSync(path);
		const all = events().map(({kind, atMs}) => [kind, atMs]);
		let most = -1;
		for (let bytes = length; bytes > 0; bytes -= Math.max(Math.floor(length / 150), 1)) {
			truncateSync(path, bytes);
			let found: readonly RecordedEvent[];
			try {
				({found} = await eventsIn(path));
			} catch (error) {
				// Nothing but the very beginning has no header yet.
				expect(error).toMatchObject({code: 'usage'});
				expect(bytes).toBeLessThan(300);
				continue;
			}

			expect(found.map(({kind, atMs}) => [kind, atMs])).toEqual(all.slice(0, found.length));
			most = Math.max(most, found.length);
		}

		expect(most).toBe(all.length);
	});

	test('that is damaged in the middle is read up to the damage, and says so', async () => {
		const path = await writeFileOf(events());
		const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
		lines[4] = '["reading",20000,"a",{"#":[[7,1]]}]';
		writeFileSync(path, gzipSync(lines.join('\n')));
		const {found, cut} = await eventsIn(path);
		expect(found).toHaveLength(3);
		expect(cut).toMatch(/^line 5 of .*\.ktop holds a difference to a missing array$/);
	});

	test('may be unpacked', async () => {
		const path = await writeFileOf(events());
		writeFileSync(path, gunzipSync(readFileSync(path)));
		expect((await eventsIn(path)).found).toHaveLength(events().length);
	});

	test.each([
		['not there', () => join(folder, 'nowhere'), 'no such file or directory'],
		['a folder', () => folder, 'it is a directory'],
		[
			'something else',
			() => {
				const path = newPath();
				writeFileSync(path, '{"kind":"Pod"}\n');
				return path;
			},
			'is not a recording of ktop',
		],
		[
			'empty',
			() => {
				const path = newPath();
				writeFileSync(path, '');
				return path;
			},
			'is empty',
		],
	])('that is %s is reported', async (_what, pathOf, message) => {
		await expect(readRecording(pathOf())).rejects.toMatchObject({
			code: 'usage',
			message: expect.stringContaining(message),
		});
	});

	test('that is one line without end is reported, and read no further', async () => {
		await expect(readRecording('/dev/zero')).rejects.toMatchObject({
			code: 'usage',
			message: '/dev/zero has a line that is too long',
		});
	});

	test('with a line as long as the inventory of 150,000 pods is read whole', async () => {
		const path = newPath();
		const long = Buffer.alloc(160e6, 'x');
		writeFileSync(path, `${encodeHeader(HEADER)}\n["of a newer ktop",1000,"a","`);
		appendFileSync(path, long);
		appendFileSync(path, `"]\n${JSON.stringify(['gone', 2000, 'a'])}\n`);
		expect(await eventsIn(path)).toEqual({found: [{kind: 'gone', atMs: 2000, id: 'a'}], cut: undefined});
	});

	test('with a line of many chunks, as of the inventory of a large cluster, is read whole', async () => {
		const path = newPath();
		const name = 'é日x'.repeat(200_000);
		const node = JSON.stringify(['node', 1000, 'a', name]);
		writeFileSync(path, `${encodeHeader(HEADER)}\n${node}\n${JSON.stringify(['gone', 2000, 'a'])}\n`);
		const {found, cut} = await eventsIn(path);
		expect([found, cut]).toEqual([
			[
				{kind: 'node', atMs: 1000, id: 'a', name},
				{kind: 'gone', atMs: 2000, id: 'a'},
			],
			undefined,
		]);
	});

	test('of a newer ktop says which one reads it', async () => {
		const path = newPath();
		writeFileSync(path, `${encodeHeader(HEADER).replace('"version":1', '"version":2')}\n`);
		await expect(readRecording(path)).rejects.toMatchObject({
			code: 'unsupported',
			hint: 'replay it with a newer ktop',
		});
	});

	test.each(['"2"', 'null', '{"toString":1,"valueOf":null}'])('with version %s says so', async version => {
		const path = newPath();
		writeFileSync(path, `${encodeHeader(HEADER).replace('"version":1', `"version":${version}`)}\n`);
		await expect(readRecording(path)).rejects.toMatchObject({
			code: 'bad-answer',
			message: `line 1 of ${path} has no version of the format`,
			hint: 'name a file that was written by ktop record --sink file:PATH',
		});
	});
});

describe('a header', () => {
	test.each([
		['startedAtMs', 1e300],
		['startedAtMs', '2026-11-27'],
		['intervalMs', 1e-300],
		['intervalMs', 1e300],
	])('with %s of %j is refused, since no replay can count with it', (name, value) => {
		const line = JSON.stringify({...JSON.parse(encodeHeader(HEADER)), [name]: value});
		expect(() => new EventDecoder('x').header(line)).toThrow('line 1 of x has no start time or interval');
	});
});

describe('an event', () => {
	test('costs less than half of the first, though every counter moved and pods came and went', () => {
		const encoder = new EventEncoder();
		const sizes = readings().map(
			reading => encoder.encode({kind: 'reading', atMs: 1, id: 'a', reading})?.length ?? 0,
		);
		expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 2);
	});

	test('that says nothing new is not written', () => {
		const encoder = new EventEncoder();
		const event: RecordedEvent = {kind: 'state', atMs: 1, id: 'a', state: LIVE};
		encoder.encode(event);
		expect(encoder.encode({...event, state: {...LIVE}})).toBeUndefined();
	});

	test('of a kind that only a newer ktop knows is skipped', () => {
		expect(new EventDecoder('x').event('["weather",1,"a",{"=":1}]')).toBeUndefined();
	});

	test.each([
		['{', 'is not JSON'],
		['{}', 'is not an event'],
		['["node"]', 'is not an event'],
		['["node",1e300,"a","b"]', 'is not an event'],
		['["reading",1,"a",{"=":{"pods":3}}]', 'holds no reading'],
		['["state",1,"a",5]', 'holds no state'],
		['["state",1,"a",{"=":{"kind":"live","route":{"toString":null}}}]', 'holds no state'],
		['["inventory",1,"",{"=":{}}]', 'holds no inventory'],
	])('%s %s', (line, message) => {
		expect(() => new EventDecoder('x.ktop').event(line)).toThrow(`line 1 of x.ktop ${message}`);
	});
});

describe('a player', () => {
	const open = async (all: readonly RecordedEvent[]) => {
		const inventory = new ReplayedInventory();
		const store = new Store({capacity: 10, staleAfterMs: 60_000, inventory});
		const recording = await readRecording(await writeFileOf(all));
		return {store, inventory, player: new Player({recording, store, inventory})};
	};

	test('puts in what was until a time, and nothing later', async () => {
		const {store, inventory, player} = await open(events());
		expect(await player.peekMs()).toBe(1000);
		expect(await player.playTo(12_000)).toBe(true);
		expect(store.span()).toEqual({oldestMs: 10_000, newestMs: 10_000});
		expect([...inventory.nodes().keys()]).toEqual(['node-a']);
		expect(await player.playTo(19_000)).toBe(false);
		expect(await player.playTo(30_000)).toBe(true);
		expect(store.span()?.newestMs).toBe(30_000);
		expect(player.hasEnded).toBe(false);
		await player.playTo(Number.POSITIVE_INFINITY);
		expect([player.hasEnded, store.nodeCount, player.newestMs]).toEqual([true, 0, 40_000]);
	});

	test('shows the same figures as were seen', async () => {
		const {store, player} = await open(events().slice(0, -1));
		await player.playTo(Number.POSITIVE_INFINITY);
		const seen = new Store({capacity: 10, staleAfterMs: 60_000});
		seen.addNode('a', 'node-a');
		for (const reading of readings()) {
			seen.apply('a', [reading], LIVE);
		}

		const figures = (from: Store) =>
			from
				.rows('containers', {}, 'live', 30_000)
				.map(({id, cpuCores, memoryWorkingSetBytes, pageFaultsPerSecond}) => ({
					id,
					cpuCores,
					memoryWorkingSetBytes,
					pageFaultsPerSecond,
				}))
				.filter(({cpuCores}) => cpuCores !== undefined);
		expect(figures(seen).length).toBeGreaterThan(5);
		expect(figures(store).length).toBeGreaterThan(0);
		const [row] = store.rows('nodes', {}, 'live', 30_000);
		const [original] = seen.rows('nodes', {}, 'live', 30_000);
		expect([row?.cpuCores, row?.rxBytesPerSecond]).toEqual([original?.cpuCores, original?.rxBytesPerSecond]);
	});

	test('ends by the clock of the recorder, where that was set back', async () => {
		const again = readings().map(reading => ({
			kind: 'reading' as const,
			id: 'a',
			atMs: reading.receivedAtMs - 3_600_000,
			reading: {...reading, receivedAtMs: reading.receivedAtMs - 3_600_000},
		}));
		const {store, player} = await open([...events().slice(0, -1), ...again]);
		await player.playTo(Number.POSITIVE_INFINITY);
		expect(player.newestMs).toBe(again.at(-1)?.atMs);
		expect(store.span()?.newestMs).toBe(player.newestMs);
	});

	test('ends where an event does not fit, since a recording may come from anybody', async () => {
		const path = newPath();
		const strange =
			'["reading",2000,"a",{"=":{"receivedAtMs":2000,"pods":{"x":{"cpu":null}},"containers":{}}}]';
		writeFileSync(path, `${encodeHeader(HEADER)}\n["node",1000,"a","node-a"]\n${strange}\n`);
		const inventory = new ReplayedInventory();
		const store = new Store({capacity: 10, staleAfterMs: 60_000, inventory});
		const player = new Player({recording: await readRecording(path), store, inventory});
		await player.playTo(Number.POSITIVE_INFINITY);
		expect([player.hasEnded, player.cut]).toEqual([
			true,
			expect.stringMatching(/^line 3 of .* holds no reading: /),
		]);
	});
});

describe('the clock of a recording', () => {
	test('runs so many times as fast, may change its pace, skip, and stands still at the end', () => {
		let real = 500;
		const clock = new PlaybackClock(10_000, 2, () => real);
		expect(clock.now()).toBe(10_000);
		real += 1000;
		expect(clock.now()).toBe(12_000);
		clock.setSpeed(10);
		real += 1000;
		expect(clock.now()).toBe(22_000);
		clock.skipTo(50_000);
		expect(clock.now()).toBe(50_000);
		clock.endAt(55_000);
		real += 60_000;
		expect(clock.now()).toBe(55_000);
	});
});
