import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {readRecording} from '../../source/history/recording/read-recording.ts';
import type {RecordedEvent} from '../../source/history/recording/recorded-event.ts';
import {openRecording} from '../../source/history/recording/recording-writer.ts';
import {KtopError} from '../../source/metrics/model/failure.ts';
import {runKtop} from '../e2e/ktop.ts';
import {LIVE} from '../metrics/node-states.ts';
import {cpuReading, nodeReading, reading} from '../metrics/readings.ts';
import {report} from '../reliability/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'ktop-cuts-'));
const cutPath = join(folder, 'cut.ktop');

/** Two nodes in three rounds, with a flush after each as `ktop record` does it. */
const ROUNDS: ReadonlyArray<readonly RecordedEvent[]> = [1, 2, 3].map(round =>
	['a', 'b'].flatMap((id): readonly RecordedEvent[] => {
		const atMs = round * 10_000;
		const node = nodeReading({cpu: cpuReading({timeMs: atMs, usageCores: round / 4})});
		return [
			...(round === 1 ? [{kind: 'node', atMs: 1000, id, name: `node-${id}`} as const] : []),
			{kind: 'reading', atMs, id, reading: reading(atMs, {nodeName: `node-${id}`, node})},
			{kind: 'state', atMs, id, state: {...LIVE, latencyMs: round}},
		];
	}),
);
const EVENTS = ROUNDS.flat().map(({kind, atMs}) => [kind, atMs]);

/** What a recording cut at `bytes` gives: how many of its events, or why none. */
async function eventsUpTo(bytes: Buffer): Promise<number | KtopError> {
	writeFileSync(cutPath, bytes);
	const found: unknown[] = [];
	try {
		const recording = await readRecording(cutPath);
		for await (const {kind, atMs} of recording.events) {
			found.push([kind, atMs]);
		}
	} catch (error) {
		if (error instanceof KtopError) {
			return error;
		}

		throw error;
	}

	expect(found).toEqual(EVENTS.slice(0, found.length));
	return found.length;
}

describe('recordings', () => {
	let whole: Buffer;
	let header = 0;
	let roundEnds: readonly number[] = [];
	beforeAll(async () => {
		const path = join(folder, 'whole.ktop');
		const writer = await openRecording(path, {
			startedAtMs: 1000,
			label: 'prod',
			context: undefined,
			kubernetesVersion: undefined,
			isDemo: false,
			intervalMs: 10_000,
			hasInventory: false,
		});
		await writer.flush();
		header = writer.bytes();
		for (const round of ROUNDS) {
			for (const event of round) {
				writer.write(event);
			}

			await writer.flush();
			roundEnds = [...roundEnds, writer.bytes()];
		}

		await writer.close();
		whole = readFileSync(path);
	});

	test('a recording is cut off, at every byte of it', async ({task}) => {
		let before = 0;
		for (let bytes = 0; bytes <= whole.length; bytes++) {
			const found = await eventsUpTo(whole.subarray(0, bytes));
			if (typeof found === 'number') {
				// Never less of more bytes.
				expect(found).toBeGreaterThanOrEqual(before);
				before = found;
			} else {
				expect([found.code, found.message.includes('\n'), before]).toEqual(['usage', false, 0]);
				expect(bytes).toBeLessThan(header);
			}
		}

		expect(before).toBe(EVENTS.length);
		report(
			task,
			'faults',
			'–',
			'–',
			'replays up to the cut; within its first line it says in one line what is wrong, and in another what to name',
		);
	});

	test('a recording is cut off, and the program replays it', async ({task}) => {
		const run = async (bytes: number) => {
			const path = join(folder, `${bytes}.ktop`);
			writeFileSync(path, whole.subarray(0, bytes));
			return runKtop(['replay', path, '--json']);
		};
		const last = whole.length;
		const [empty, magic, half, trailer, all] = await Promise.all(
			[0, 2, (roundEnds[0] ?? 0) + 10, last - 1, last].map(run),
		);
		for (const broken of [empty, magic]) {
			expect(broken).toMatchObject({
				exitCode: 2,
				stdout: '',
				stderr: expect.stringMatching(/^ktop: [^\n]*\n {6}name a file [^\n]*\n$/),
			});
		}

		expect(half?.stderr).toContain('is cut off: replayed up to there');
		expect([half, trailer, all].map(one => JSON.parse(one?.stdout ?? '').nodes.length)).toEqual([2, 2, 2]);
		expect([half, trailer, all].map(one => [one?.exitCode, one?.stderr.includes('defect')])).toEqual(
			Array(3).fill([0, false]),
		);
		report(
			task,
			'faults',
			'–',
			'–',
			'PATH is cut off: replayed up to there; prints what it has, with exit code 0',
		);
	});
});
