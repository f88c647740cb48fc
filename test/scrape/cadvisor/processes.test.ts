import fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import {decodeProcesses} from '../../../source/scrape/cadvisor/decode-processes.ts';
import {cadvisorTarget} from '../../../source/scrape/cadvisor/target.ts';
import {context} from '../scrape-context.ts';
import {type RecordedAnswer, startRecordedCadvisor, VERSION_1, VERSION_2} from './recorded-cadvisor.ts';

/** As a cAdvisor 0.38 answers. */
const WEB = {
	user: 'www-data',
	pid: 41,
	parent_pid: 1,
	start_time: '09:22',
	percent_cpu: 12.5,
	percent_mem: 0.3,
	rss: 23_326_720,
	virtual_size: 58_306_560,
	status: 'SLl',
	running_time: '00:00:30',
	cgroup_path: '/docker/abc',
	cmd: 'nginx',
	fd_count: 30,
	psr: 1,
};

async function scrape(answer: RecordedAnswer, isShown = true) {
	const server = await startRecordedCadvisor({...VERSION_2, ...VERSION_1, '/api/v2.0/ps/': answer});
	const target = cadvisorTarget({url: server.origin});
	onTestFinished(async () => {
		await target.close();
		await server.close();
	});
	const scraped = await target.scrape(context({processes: () => (isShown ? 'names' : undefined)}));
	return {scraped, requests: server.requests};
}

describe('the processes of a machine with cAdvisor', () => {
	test('are what ps said there, with the mean of CPU since the start and no arguments', async () => {
		const {scraped} = await scrape({status: 200, text: JSON.stringify([WEB])});
		expect(scraped.readings.at(-1)?.processes).toEqual([
			{
				pid: 41,
				parentPid: 1,
				user: 'www-data',
				name: 'nginx',
				commandLine: undefined,
				state: 'S',
				startTimeMs: undefined,
				cpuNanoseconds: undefined,
				meanCpuCores: 0.125,
				rssBytes: 23_326_720,
				cgroup: '/docker/abc',
			},
		]);
		expect(scraped.degraded).toBeUndefined();
	});

	test('are not asked for unless they are shown', async () => {
		const {scraped, requests} = await scrape({status: 200, text: '[]'}, false);
		expect(requests.filter(path => path.includes('/ps/'))).toEqual([]);
		expect(scraped.readings.at(-1)?.processes).toBeUndefined();
	});

	test.each<[string, RecordedAnswer, string]>([
		[
			'ps failed there, as for a name with a blank',
			{
				status: 500,
				text: 'process listing failed: invalid pid "7": strconv.Atoi: parsing "server": invalid syntax',
			},
			'fails while a process of the machine has a blank in its name',
		],
		[
			'ps failed there for another reason',
			{status: 500, text: 'process listing failed: exit status 1'},
			'exit status 1',
		],
		['it answers something else', {status: 200, text: '{"a":1}'}, 'no list of them'],
	])('are missing with the reason where %s, and all else is there', async (_how, answer, reason) => {
		const {scraped} = await scrape(answer);
		expect(scraped.readings.at(-1)?.processes).toBeUndefined();
		expect(scraped.readings.at(-1)?.containers.length).toBeGreaterThan(0);
		expect(scraped.degraded?.message).toContain('processes cannot be listed');
		expect(scraped.degraded?.message).toContain(reason);
	});

	test('are decoded field by field: what cannot be true is unknown, and one without a number is none', () => {
		const value = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 2 ** 63, 1.5, 41, '41', null));
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...Object.keys(WEB)), value), change => {
				const [process] = decodeProcesses(Buffer.from(JSON.stringify([{...WEB, ...change}]))) ?? [];
				if (process !== undefined) {
					expect(Number.isInteger(process.pid) && process.pid >= 0).toBe(true);
					expect(process.rssBytes ?? 0).toBeGreaterThanOrEqual(0);
					expect(process.meanCpuCores ?? 0).toBeGreaterThanOrEqual(0);
					expect(typeof process.name).toBe('string');
				}
			}),
		);
		expect(decodeProcesses(Buffer.from('[{"cmd":"x"}, 7, null]'))).toEqual([]);
	});
});
