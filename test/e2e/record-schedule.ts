import {type ChildProcess, execFileSync, spawnSync} from 'node:child_process';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import fc from 'fast-check';
import type {Influxd} from '../history/influxdb/influxd.ts';
import {STORE_MODES, type StoreMode, startFailingStore} from './failing-store.ts';
import {runKtop} from './ktop.ts';

/** Some time in the life of a recorder. */
type Stretch = {readonly store: StoreMode; readonly isDiskFull: boolean; readonly ms: number};

type Life = {readonly stretches: readonly Stretch[]; readonly end: 'SIGKILL' | 'SIGTERM'};

/** Lives of a recorder, one after the other on one spool. */
export type Schedule = {readonly lives: readonly Life[]; readonly spoolSize: string};

export type Outcome = {
	/** Rounds that the recorder had behind it: it was in the next one. */
	readonly coveredRounds: number;
	/** Those of them that the store does not have in the end. */
	readonly lostRounds: number;
	/** What the recorders said of points that they gave up. */
	readonly droppedPoints: number;
	readonly exits: readonly Exit[];
	/** Files that are left where the last recorder has ended. */
	readonly leftFiles: readonly string[];
};

type Exit = {
	readonly signal: Life['end'] | undefined;
	readonly exitCode: number | null;
	readonly stderr: string;
};

/** Whether a limit can be set to the files that a running program writes, which stands for a full disk. */
export const canFillDisk = spawnSync('prlimit', ['--version']).status === 0;

if (!canFillDisk && process.env.CI !== undefined) {
	throw new Error('prlimit is missing: it is in util-linux');
}

/** One point of each round has it, whichever round it is. */
const EACH_ROUND = 'uptime';

const POLL_MS = 40;

export const schedules = ({hasFullDisk, spoolSize}: {hasFullDisk: boolean; spoolSize?: string}) =>
	fc.record<Schedule>({
		spoolSize: fc.constant(spoolSize ?? '1GiB'),
		lives: fc.array(
			fc.record<Life>({
				stretches: fc.array(
					fc.record<Stretch>({
						store: fc.constantFrom(...STORE_MODES),
						isDiskFull: hasFullDisk ? fc.boolean() : fc.constant(false),
						ms: fc.integer({min: 100, max: 2000}),
					}),
					{minLength: 1, maxLength: 3},
				),
				// Of what a bound costs the last word is needed, which a killed recorder does not say.
				end: spoolSize === undefined ? fc.constantFrom('SIGKILL', 'SIGTERM') : fc.constant('SIGTERM'),
			}),
			{minLength: 1, maxLength: 3},
		),
	});

/** Runs ktop through a schedule, and then until the store has all that was kept. */
export async function follow(
	{lives, spoolSize}: Schedule,
	database: string,
	influxd: Influxd | undefined,
): Promise<Outcome> {
	const store = await startFailingStore(database, influxd);
	const folder = await mkdtemp(join(tmpdir(), 'ktop-schedule-'));
	const record = (intervalMs: number, more: readonly string[], onStart?: (ktop: ChildProcess) => void) =>
		runKtop(
			[
				'record',
				'--source',
				'demo:nodes=1,pods=2,seed=4',
				'--sink',
				`influxdb:${store.url}?db=${database}&spool=${folder}&spoolsize=${spoolSize}`,
				'--interval',
				`${intervalMs}ms`,
				'--request-timeout',
				`${intervalMs}ms`,
				...more,
			],
			onStart === undefined ? {} : {onStart},
		);
	const covered = new Set<number>();
	const exits: Exit[] = [];
	let droppedPoints = 0;
	try {
		for (const life of lives) {
			let watch: Watch | undefined;
			const ended = record(500, ['--listen', '127.0.0.1:0'], ktop => {
				watch = watchRecorder(ktop);
				void live(ktop, life, store.fail, watch);
			});
			const {stderr, exitCode} = await ended;
			const seen = (await watch?.end()) ?? {rounds: [], droppedPoints: 0};
			// The last round that was seen may not have been written down.
			for (const round of seen.rounds.slice(0, -1)) {
				covered.add(round);
			}

			exits.push({signal: life.end, exitCode, stderr});
			droppedPoints += Math.max(seen.droppedPoints, droppedIn(stderr));
		}

		store.fail('up');
		const {stderr, exitCode} = await record(5000, ['--count', '1']);
		exits.push({signal: undefined, exitCode, stderr});
		droppedPoints += droppedIn(stderr);
		const kept = await store.timesOf(EACH_ROUND);
		const files = await readdir(folder, {recursive: true, withFileTypes: true});
		return {
			coveredRounds: covered.size,
			lostRounds: [...covered].filter(round => !kept.has(round)).length,
			droppedPoints,
			exits,
			leftFiles: files.filter(file => file.isFile()).map(({name}) => name),
		};
	} finally {
		await store.close();
		await rm(folder, {recursive: true, force: true});
	}
}

async function live(
	ktop: ChildProcess,
	{stretches, end}: Life,
	fail: (mode: StoreMode) => void,
	watch: Watch,
): Promise<void> {
	// The store may fail from the start; what else happens begins with the rounds.
	fail(stretches[0]?.store ?? 'up');
	await watch.isListening;
	for (const {store, isDiskFull, ms} of stretches) {
		fail(store);
		fillDisk(ktop, isDiskFull);
		await setTimeout(ms);
	}

	ktop.kill(end);
}

/** Where the disk is full a file can be made, and takes a few bytes. */
function fillDisk({pid}: ChildProcess, isFull: boolean): void {
	if (canFillDisk) {
		execFileSync('prlimit', ['--pid', String(pid), `--fsize=${isFull ? 100 : 'unlimited'}:unlimited`]);
	}
}

type Seen = {readonly rounds: readonly number[]; readonly droppedPoints: number};
type Watch = {readonly isListening: Promise<void>; readonly end: () => Promise<Seen>};

/** Asks a recorder for its metrics until it has ended. */
function watchRecorder(ktop: ChildProcess): Watch {
	const rounds = new Set<number>();
	let droppedPoints = 0;
	let stderr = '';
	let hasEnded = false;
	const origin = new Promise<string | undefined>(resolve => {
		ktop.stderr?.on('data', (text: string) => {
			stderr += text;
			const port = /on port (\d+):/.exec(stderr)?.[1];
			if (port !== undefined) {
				resolve(`http://127.0.0.1:${port}/metrics`);
			}
		});
		ktop.on('close', () => {
			hasEnded = true;
			resolve(undefined);
		});
	});
	const polling = (async () => {
		const url = await origin;
		while (url !== undefined && !hasEnded) {
			const text = await fetch(url).then(
				answer => answer.text(),
				() => '',
			);
			const round = /^ktop_record_last_round_timestamp_seconds ([\d.]+)$/m.exec(text)?.[1];
			// Of a round in which a busy machine read nothing there is nothing to keep.
			if (round !== undefined && /^ktop_record_nodes_read 1$/m.test(text)) {
				rounds.add(Math.round(Number(round) * 1000));
			}

			if (text !== '') {
				droppedPoints = Number(/^ktop_record_dropped_total.* (\d+)$/m.exec(text)?.[1] ?? 0);
			}

			await setTimeout(POLL_MS);
		}
	})();
	return {
		isListening: origin.then(() => {}),
		async end() {
			await polling;
			return {rounds: [...rounds].sort((a, b) => a - b), droppedPoints};
		},
	};
}

const droppedIn = (stderr: string): number =>
	Math.max(0, ...[...stderr.matchAll(/, (\d+) dropped/g)].map(([, dropped]) => Number(dropped)));
