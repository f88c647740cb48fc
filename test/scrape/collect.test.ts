import {describe, expect, test} from 'vitest';
import type {CpuReading} from '../../source/metrics/model/reading.ts';
import {collect} from '../../source/scrape/collect.ts';
import {cpuReading, nodeReading, reading} from '../metrics/readings.ts';
import {fakeTarget, SCRAPE, type Script} from './fake-target.ts';

async function run(
	scripts: Readonly<Record<string, readonly Script[]>>,
	rateNeeds: Readonly<Record<string, number>> = {},
	cpu: Partial<CpuReading> | undefined = {usageCoreNanoseconds: 5},
) {
	const log: string[] = [];
	const failures: string[] = [];
	const scrapes: Record<string, number> = {};
	const collected: string[] = [];
	const answer = {...SCRAPE, readings: [reading(0, {node: nodeReading({cpu: cpu && cpuReading(cpu)})})]};
	await collect(
		Object.entries(scripts).map(([id, script]) => fakeTarget(id, script, log, 40, answer)),
		{
			timeoutMs: 100,
			concurrency: 2,
			now: () => 0,
			signal: new AbortController().signal,
			onScrape: target => {
				scrapes[target.id] = (scrapes[target.id] ?? 0) + 1;
			},
			onFailure: ({id}, {failure}) => failures.push(`${id} ${failure.code}`),
			needsAnother: target => (scrapes[target.id] ?? 0) < (rateNeeds[target.id] ?? 1),
			onCollected: ({id}) => collected.push(`${id} after ${scrapes[id] ?? 0}`),
		},
	);
	return {log, failures, scrapes, collected};
}

describe('one round for a snapshot', () => {
	test('reads every target once where one sample is enough', async () => {
		expect(await run({a: ['answer'], b: ['answer'], c: ['answer']})).toMatchObject({
			scrapes: {a: 1, b: 1, c: 1},
			failures: [],
		});
	});

	test('reads again until the rates are there', async () => {
		expect((await run({a: ['answer'], b: ['answer']}, {a: 3})).scrapes).toEqual({a: 3, b: 1});
	});

	test('gives a rate up that never comes', async () => {
		const {scrapes} = await run({a: ['answer']}, {a: 1000});
		expect(scrapes.a).toBe(13);
	});

	test('waits for no rate of a node that counts no CPU time', async () => {
		const {scrapes} = await run({a: ['answer']}, {a: 3}, {usageCoreNanoseconds: undefined});
		expect(scrapes.a).toBe(1);
	});

	test('reports those that fail or hang, and still reads the others', async () => {
		const {failures, scrapes} = await run({a: ['hang'], b: ['fail'], c: ['answer']});
		expect(failures.sort()).toEqual(['a timeout', 'b refused']);
		expect(scrapes).toEqual({c: 1});
	});

	test('says of each target when it is read for the last time, also of one that fails', async () => {
		const {collected} = await run({a: ['answer'], b: ['fail'], c: ['answer']}, {a: 2});
		expect(collected.sort()).toEqual(['a after 2', 'b after 0', 'c after 1']);
	});

	test('keeps the first sample of one that fails at the second', async () => {
		expect(await run({a: ['answer', 'fail']}, {a: 2})).toMatchObject({
			scrapes: {a: 1},
			failures: ['a refused'],
		});
	});
});
