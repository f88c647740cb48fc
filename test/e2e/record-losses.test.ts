import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasInfluxd, type Influxd, startInfluxd} from '../history/influxdb/influxd.ts';
import {report} from '../reliability/report.ts';
import {canFillDisk, follow, type Outcome, schedules} from './record-schedule.ts';

/** Schedules mostly wait, so that some go on at once. */
const AT_ONCE = 3;

/** A quick run in `npm test`; `npm run reliability` runs more than 200 schedules, or as many as it is told. */
const BATCHES = Number(
	process.env.KTOP_SCHEDULE_BATCHES ?? (process.env.KTOP_RELIABILITY === 'write' ? 23 : 1),
);

/** A round of a demo of one node has at least this many points. */
const POINTS_A_ROUND = 10;

const EXIT_CODES = {SIGTERM: 143, SIGKILL: null} as const;

describe('what a recorder keeps', () => {
	let influxd: Influxd | undefined;
	beforeAll(async () => {
		influxd = hasInfluxd ? await startInfluxd() : undefined;
	});
	afterAll(() => influxd?.close());

	let databases = 0;
	const property = async (
		kind: Parameters<typeof schedules>[0],
		check: (outcome: Outcome) => void,
	): Promise<{readonly schedules: number; readonly rounds: number; readonly dropped: number}> => {
		let [ran, rounds, dropped] = [0, 0, 0];
		await fc.assert(
			fc.asyncProperty(fc.array(schedules(kind), {minLength: AT_ONCE, maxLength: AT_ONCE}), async batch => {
				const outcomes = await Promise.all(
					batch.map(schedule => follow(schedule, `losses${databases++}`, influxd)),
				);
				for (const outcome of outcomes) {
					ran++;
					rounds += outcome.coveredRounds;
					dropped += outcome.droppedPoints;
					for (const {signal, exitCode, stderr} of outcome.exits) {
						expect(stderr).not.toContain('defect');
						expect(exitCode, stderr).toBe(signal === undefined ? 0 : EXIT_CODES[signal]);
					}

					expect(outcome.leftFiles).toEqual([]);
					check(outcome);
				}
			}),
			// A schedule takes seconds, so that looking for a smaller one takes too long.
			{numRuns: BATCHES, endOnFailure: true},
		);
		expect(rounds).toBeGreaterThan(0);
		return {schedules: ran, rounds, dropped};
	};

	const TIMEOUT_MS = 120_000 * BATCHES;

	test(
		'the store refuses, stalls, fails or loses its answers, and the recorder is killed and started again',
		async ({task}) => {
			const {schedules, rounds} = await property({hasFullDisk: false}, outcome => {
				expect([outcome.lostRounds, outcome.droppedPoints]).toEqual([0, 0]);
			});
			report(task, 'losses', schedules, rounds, 'nothing');
		},
		TIMEOUT_MS,
	);

	test.skipIf(!canFillDisk)(
		'the same, and the disk of the spool takes no more, for a time or for good',
		async ({task}) => {
			const {schedules, rounds} = await property({hasFullDisk: true}, outcome => {
				expect(outcome.droppedPoints).toBeGreaterThanOrEqual(outcome.lostRounds * POINTS_A_ROUND);
			});
			report(task, 'losses', schedules, rounds, 'what the disk did not take; it is counted');
		},
		TIMEOUT_MS,
	);

	test(
		'the spool has less room than what waits',
		async ({task}) => {
			const {schedules, rounds, dropped} = await property(
				{hasFullDisk: false, spoolSize: '6KiB'},
				outcome => {
					expect(outcome.droppedPoints).toBeGreaterThanOrEqual(outcome.lostRounds * POINTS_A_ROUND);
				},
			);
			expect(dropped).toBeGreaterThan(0);
			report(task, 'losses', schedules, rounds, 'the oldest above its bound; it is counted');
		},
		TIMEOUT_MS,
	);
});
