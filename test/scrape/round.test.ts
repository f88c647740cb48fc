import {describe, expect, onTestFinished, test} from 'vitest';
import {KtopError} from '../../source/metrics/model/failure.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {isRoundDue, nextRound, Rounds} from '../../source/scrape/round.ts';
import type {Target} from '../../source/scrape/target.ts';

function targetOf(id: string, isWell: () => boolean, visits: string[]): Target {
	return {
		id,
		name: id,
		naturalIntervalMs: 10_000,
		readsMoreWhenViewed: false,
		async scrape() {
			visits.push(id);
			if (!isWell()) {
				throw new KtopError({code: 'refused', brief: 'refused', message: 'refused', hint: 'start it'});
			}

			return {readings: [], route: parseRoute('summary'), latencyMs: 1, degraded: undefined};
		},
		close: async () => {},
	};
}

async function read(rounds: Rounds, targets: readonly Target[], budgetMs = 10_000, concurrency = 4) {
	const read: string[] = [];
	const failed: string[] = [];
	await rounds.read(targets, {
		timeoutMs: 10_000,
		concurrency,
		deadlineMs: budgetMs,
		now: () => 0,
		signal: new AbortController().signal,
		onScrape: ({id}) => read.push(id),
		onFailure: ({id}, {failure}) => failed.push(`${id} ${failure.code}`),
	});
	return {read, failed};
}

describe('rounds', () => {
	test('read dozens of targets at once without a warning of a leak', async () => {
		const warnings: string[] = [];
		const warn = ({message}: Error): void => void warnings.push(message);
		process.on('warning', warn);
		onTestFinished(() => void process.off('warning', warn));
		const targets = Array.from({length: 32}, (_, index) => targetOf(`node-${index}`, () => true, []));
		await read(new Rounds(), targets, 10_000, targets.length);
		// Warnings are told in a turn of their own.
		await new Promise(resolve => setImmediate(resolve));
		expect(warnings).toEqual([]);
	});

	test('read every target once', async () => {
		const visits: string[] = [];
		const targets = ['a', 'b', 'c'].map(id => targetOf(id, () => true, visits));
		expect(await read(new Rounds(), targets)).toEqual({read: ['a', 'b', 'c'], failed: []});
		expect(visits).toEqual(['a', 'b', 'c']);
	});

	test('leave a target that fails out of ever more of them, up to seven in a row', async () => {
		const visits: string[] = [];
		const rounds = new Rounds();
		const target = targetOf('a', () => false, visits);
		const visited: number[] = [];
		for (let round = 1; round <= 30; round++) {
			const before = visits.length;
			await read(rounds, [target]);
			if (visits.length > before) {
				visited.push(round);
			}
		}

		expect(visited).toEqual([1, 2, 4, 8, 16, 24]);
	});

	test('take a target in again as soon as it answered', async () => {
		let isWell = false;
		const visits: string[] = [];
		const rounds = new Rounds();
		const target = targetOf('a', () => isWell, visits);
		await read(rounds, [target]);
		isWell = true;
		expect((await read(rounds, [target])).read).toEqual(['a']);
		expect((await read(rounds, [target])).read).toEqual(['a']);
	});

	test('end at their deadline without those that hang', async () => {
		const hanging: Target = {
			...targetOf('slow', () => true, []),
			scrape: () => new Promise(() => {}),
		};
		const result = await read(new Rounds(), [hanging, targetOf('b', () => true, [])], 60);
		expect(result).toEqual({read: ['b'], failed: ['slow timeout']});
	});
});

test.each([
	[0, 60_000],
	[1, 60_000],
	[59_999, 60_000],
	[60_000, 120_000],
])('after %d ms the next round of a minute is at %d', (now, next) => {
	expect(nextRound(now, 60_000).dueMs).toBe(next);
});

test.each([
	['when its time has come', 120_000, true],
	['when it is late but not over', 173_000, true],
	['when a timer was early', 119_999, false],
	['when it is over, since the machine was suspended', 3_720_000, false],
	['when the clock was set back', 120_000 - 3_600_000, false],
])('a round is due or not: %s', (_when, now, expected) => {
	expect(isRoundDue(nextRound(61_000, 60_000), now)).toBe(expected);
});
