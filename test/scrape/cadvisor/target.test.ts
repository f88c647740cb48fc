import {afterEach, describe, expect, test} from 'vitest';
import {KtopError} from '../../../source/metrics/model/failure.ts';
import {parseRoute, routeText} from '../../../source/metrics/model/route.ts';
import {type CadvisorOptions, cadvisorTarget} from '../../../source/scrape/cadvisor/target.ts';
import {context} from '../scrape-context.ts';
import {
	NEVER,
	type RecordedAnswer,
	startRecordedCadvisor,
	VERSION_1,
	VERSION_2,
	VERSION_2_LATER,
} from './recorded-cadvisor.ts';

const cleanUps: Array<() => Promise<unknown>> = [];
const OUT_OF_ORDER = {status: 500, text: 'failed to get container "/x": unable to find data in memory cache'};

const DISK = {device: '/dev/vda', capacity: 1e12, usage: 4e11, available: 5e11};
const machineWith = (filesystem: unknown): RecordedAnswer => ({
	status: 200,
	text: JSON.stringify([{timestamp: '2026-11-23T09:34:05Z', filesystem}]),
});

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

async function cadvisorOf(
	answers?: Readonly<Record<string, RecordedAnswer>>,
	options: Partial<CadvisorOptions> = {},
) {
	const cadvisor = await startRecordedCadvisor(answers);
	const target = cadvisorTarget({url: cadvisor.origin, now: () => 1e12, ...options});
	cleanUps.push(cadvisor.close, target.close);
	return {cadvisor, target};
}

const failureOf = async (promise: Promise<unknown>) =>
	promise.then(
		() => 'it worked',
		error => error,
	);

describe('a cAdvisor', () => {
	test('is read by version 2.1 of its API', async () => {
		const {target} = await cadvisorOf();
		const scrape = await target.scrape(context());
		expect(scrape).toMatchObject({route: parseRoute('cadvisor v2.1'), degraded: undefined});
		expect(scrape.readings.map(({receivedAtMs}) => receivedAtMs)).toEqual([1e12 - 1544, 1e12]);
	});

	test('is asked for a minute of samples at first, and later only for the newest', async () => {
		const {cadvisor, target} = await cadvisorOf();
		await target.scrape(context());
		await target.scrape(context());
		expect([...cadvisor.requests].sort()).toEqual([
			'/api/v2.1/machine',
			'/api/v2.1/machinestats?count=1',
			'/api/v2.1/machinestats?count=60',
			'/api/v2.1/stats/?type=name&recursive=true&count=1',
			'/api/v2.1/stats/?type=name&recursive=true&count=60',
			'/api/v2.1/storage?label=root',
		]);
	});

	test('gives one reading at a later visit, of the newest samples', async () => {
		const {cadvisor, target} = await cadvisorOf();
		await target.scrape(context());
		Object.assign(cadvisor.answers, VERSION_2_LATER);
		const {readings} = await target.scrape(context());
		expect(readings.map(({node}) => node?.cpu?.timeMs)).toEqual([Date.UTC(2026, 10, 23, 9, 34, 17, 634)]);
	});

	test('is asked for its cores and memory once an hour', async () => {
		let nowMs = 1e12;
		const {cadvisor, target} = await cadvisorOf(VERSION_2, {now: () => nowMs});
		const asked = () => cadvisor.requests.filter(path => path === '/api/v2.1/machine').length;
		await target.scrape(context());
		nowMs += 3_599_000;
		await target.scrape(context());
		expect(asked()).toBe(1);
		nowMs += 1000;
		await target.scrape(context());
		expect(asked()).toBe(2);
	});

	test('without version 2.1 is read by 1.3, and says why', async () => {
		const {target} = await cadvisorOf(VERSION_1);
		const scrape = await target.scrape(context());
		expect(scrape).toMatchObject({
			route: parseRoute('cadvisor v1.3'),
			degraded: {code: 'unsupported', brief: 'old cAdvisor'},
		});
		expect(scrape.readings[0]?.node?.cpu?.usageCoreNanoseconds).toBe(2_398_828_606_090);
	});

	test('that was read by 1.3 is not asked by 2.1 at the next visit', async () => {
		const {cadvisor, target} = await cadvisorOf(VERSION_1);
		await target.scrape(context());
		cadvisor.requests.length = 0;
		expect(routeText((await target.scrape(context())).route)).toBe('cadvisor v1.3');
		expect(cadvisor.requests).toEqual(['/api/v1.3/subcontainers/']);
	});

	test('that cannot gather its samples by 2.1 is read by 1.3', async () => {
		const {target} = await cadvisorOf({...VERSION_2, ...VERSION_1, '/api/v2.1/stats/': OUT_OF_ORDER});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('cadvisor v1.3'),
			degraded: {code: 'server-error'},
		});
	});

	test('that serves 2.1 again after 1.3 failed is no longer called degraded', async () => {
		const {cadvisor, target} = await cadvisorOf(VERSION_1);
		await target.scrape(context());
		Object.assign(cadvisor.answers, VERSION_2, {'/api/v1.3/subcontainers/': OUT_OF_ORDER});
		await failureOf(target.scrape(context()));
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('cadvisor v2.1'),
			degraded: undefined,
		});
	});

	test('that cannot send a minute of samples in time is asked only for the newest in the next scrape', async () => {
		const {cadvisor, target} = await cadvisorOf({...VERSION_2, '/api/v2.1/stats/': NEVER});
		expect(await failureOf(target.scrape(context({timeoutMs: 1000})))).toMatchObject({code: 'timeout'});
		cadvisor.requests.length = 0;
		await failureOf(target.scrape(context({timeoutMs: 1000})));
		expect(cadvisor.requests).toContain('/api/v2.1/stats/?type=name&recursive=true&count=1');
	});

	test('that was not there at first is still asked for a minute of samples', async () => {
		const {cadvisor, target} = await cadvisorOf({'/api/v2.1/machine': OUT_OF_ORDER});
		await failureOf(target.scrape(context()));
		Object.assign(cadvisor.answers, VERSION_2);
		await target.scrape(context());
		expect(cadvisor.requests).toContain('/api/v2.1/machinestats?count=60');
	});

	test('marks the root file system', async () => {
		const big = {...DISK, device: '/dev/sdb', capacity: 9e12};
		const {target} = await cadvisorOf({...VERSION_2, '/api/v2.1/machinestats': machineWith([big, DISK])});
		const {readings} = await target.scrape(context());
		expect(readings[0]?.node?.filesystems.map(({name}) => name)).toEqual(['/dev/vda', '/dev/sdb']);
	});

	test.each<[string, RecordedAnswer]>([
		['does not know its root', 'v2.1-unknown-resource.txt'],
		['answers nonsense for its root', {status: 200, text: '{"a":[null]}'}],
	])('that %s is read all the same, the largest file system first', async (_what, answer) => {
		const big = {...DISK, device: '/dev/sdb', capacity: 9e12};
		const {target} = await cadvisorOf({
			...VERSION_2,
			'/api/v2.1/machinestats': machineWith([DISK, big]),
			'/api/v2.1/storage': answer,
		});
		const {readings} = await target.scrape(context());
		expect(readings[0]?.node?.filesystems.map(({name}) => name)).toEqual(['/dev/sdb', '/dev/vda']);
	});

	test('that hangs is left as soon as the scrape is aborted', async () => {
		const {target} = await cadvisorOf({'/api/v2.1/machine': NEVER});
		const abort = new AbortController();
		const failure = failureOf(target.scrape(context({signal: abort.signal})));
		abort.abort();
		expect(await failure).toMatchObject({code: 'aborted'});
	});

	test('may stand behind a path', async () => {
		const behind = Object.fromEntries(
			Object.entries(VERSION_2).map(([path, answer]) => [`/node-a${path}`, answer]),
		);
		const {cadvisor} = await cadvisorOf(behind);
		const target = cadvisorTarget({url: `${cadvisor.origin}/node-a/`});
		cleanUps.push(target.close);
		expect(routeText((await target.scrape(context())).route)).toBe('cadvisor v2.1');
	});
});

describe('a user and password in the address', () => {
	test('are sent as Basic authorization', async () => {
		const {cadvisor} = await cadvisorOf();
		const url = cadvisor.origin.replace('http://', 'http://ktop:p%40ss@');
		const target = cadvisorTarget({url});
		cleanUps.push(target.close);
		await target.scrape(context());
		// base64 of `ktop:p@ss`.
		expect([...cadvisor.authorizations]).toEqual(['Basic a3RvcDpwQHNz']);
	});

	test('appear neither in the id nor the name nor a failure', async () => {
		const {cadvisor} = await cadvisorOf({'/api/v2.1/machine': OUT_OF_ORDER});
		const url = cadvisor.origin.replace('http://', 'http://ktop:s3cret@');
		const target = cadvisorTarget({url});
		cleanUps.push(target.close);
		const failure = await failureOf(target.scrape(context()));
		expect(failure).toBeInstanceOf(KtopError);
		expect(`${target.id} ${target.name} ${failure.message} ${failure.hint} ${failure.stack}`).not.toContain(
			's3cret',
		);
		expect(target).toMatchObject({id: `cadvisor:${cadvisor.origin}`, name: '127.0.0.1'});
	});
});

describe('the failure', () => {
	const everywhere = (answer: RecordedAnswer) =>
		Object.fromEntries(Object.keys({...VERSION_2, ...VERSION_1}).map(path => [path, answer]));

	test.each<[string, Readonly<Record<string, RecordedAnswer>>, string]>([
		['of a web page with status 200 is that it is no answer', everywhere('not-found.txt'), 'bad-answer'],
		[
			'of JSON that is something else is that it is no answer',
			everywhere({status: 200, text: '{"a":1}'}),
			'bad-answer',
		],
		[
			'of an empty list is that it is no answer',
			{...VERSION_2, '/api/v2.1/machinestats': {status: 200, text: '[]'}},
			'bad-answer',
		],
		['of status 500 is the server’s', everywhere(OUT_OF_ORDER), 'server-error'],
		[
			'of status 500 for an unknown request is that it is too old',
			everywhere('v2.1-unknown-resource.txt'),
			'unsupported',
		],
		['of status 404 is that it is not there', everywhere({status: 404, text: 'nope'}), 'not-found'],
		['of status 401 is that credentials are missing', everywhere({status: 401, text: ''}), 'unauthorized'],
	])('%s', async (_what, answers, code) => {
		const {target} = await cadvisorOf(answers);
		const failure = await failureOf(target.scrape(context()));
		expect(failure).toBeInstanceOf(KtopError);
		expect(failure).toMatchObject({code});
		expect(failure.brief.length).toBeLessThanOrEqual(24);
	});

	test('of missing credentials comes after one request, since others would fail too', async () => {
		const {cadvisor, target} = await cadvisorOf(everywhere({status: 401, text: ''}));
		await failureOf(target.scrape(context()));
		expect(cadvisor.requests).toEqual(['/api/v2.1/machine']);
	});

	test('of a closed port is that it was refused, without a second try', async () => {
		const {cadvisor, target} = await cadvisorOf();
		await cadvisor.close();
		expect(await failureOf(target.scrape(context()))).toMatchObject({code: 'refused'});
	});

	test('of a web page is short and names the fix', async () => {
		const {target} = await cadvisorOf(everywhere('not-found.txt'));
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			message: expect.stringContaining('is not JSON'),
			hint: expect.stringContaining('4194'),
		});
	});

	test.each(['', 'no address', 'ftp://host/', 'http://'])('of the address "%s" is its use', url => {
		expect(() => cadvisorTarget({url})).toThrow(expect.objectContaining({code: 'usage'}));
	});
});
