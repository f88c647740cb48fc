import {afterEach, describe, expect, test} from 'vitest';
import {parseRoute} from '../../../source/metrics/model/route.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import type {Scrape} from '../../../source/scrape/target.ts';
import type {RecordedAnswer} from '../recorded-server.ts';
import {context} from '../scrape-context.ts';
import {ALL_ROUTES, startRecordedKubelet} from './recorded-kubelet.ts';

const PATH = '/metrics/cadvisor';
const RECORDED = 'metrics-cadvisor-1.prom';

const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

/** A kubelet whose visits are at moments that the test names. */
async function openKubelet(cadvisor: RecordedAnswer = RECORDED, timeoutMs = 60_000) {
	let nowMs = 0;
	const kubelet = await startRecordedKubelet({answers: {...ALL_ROUTES, [PATH]: cadvisor}});
	const target = kubeletTarget({url: kubelet.origin, now: () => nowMs});
	let isViewed = false;
	cleanUps.push(kubelet.close, target.close);
	return {
		kubelet,
		setViewed: (is: boolean) => {
			isViewed = is;
		},
		visit: (atMs: number) => {
			nowMs = atMs;
			return target.scrape(context({timeoutMs, isViewed: () => isViewed}));
		},
		asked: () => kubelet.requests.filter(path => path === PATH).length,
	};
}

const throttledOf = ({readings}: Scrape): number =>
	readings[0]?.containers.filter(({cpu}) => cpu?.throttling !== undefined).length ?? Number.NaN;

describe('throttling of a node’s containers', () => {
	test('is requested only while the node’s page is open', async () => {
		const {kubelet, setViewed, visit} = await openKubelet();
		expect(throttledOf(await visit(0))).toBe(0);
		expect(kubelet.requests).toEqual(['/stats/summary']);
		setViewed(true);
		expect(throttledOf(await visit(10_000))).toBe(11);
		expect(kubelet.requests).toEqual(['/stats/summary', '/stats/summary', PATH]);
		setViewed(false);
		expect(throttledOf(await visit(30_000))).toBe(0);
		expect(kubelet.requests.at(-1)).toBe('/stats/summary');
	});

	test('is requested every 10 s at most, however often the node is visited and its page opened', async () => {
		const {setViewed, visit, asked} = await openKubelet();
		setViewed(true);
		for (const atMs of [0, 1000, 5000, 9000]) {
			expect(throttledOf(await visit(atMs))).toBe(11);
			expect(asked()).toBe(1);
			setViewed(false);
			setViewed(true);
		}

		await visit(10_000);
		expect(asked()).toBe(2);
		await visit(10_100);
		expect(asked()).toBe(2);
	});

	test('is requested again after a clock was set back', async () => {
		const {setViewed, visit, asked} = await openKubelet();
		setViewed(true);
		await visit(3_600_000);
		await visit(1000);
		expect(asked()).toBe(2);
	});

	test('joins a scrape that is running when the page is opened', async () => {
		const {setViewed, visit, asked} = await openKubelet();
		const visiting = visit(0);
		setViewed(true);
		expect(throttledOf(await visiting)).toBe(11);
		expect(asked()).toBe(1);
	});

	test('becomes the share of periods in the store, from the second sample on', async () => {
		const text = (periods: number, throttled: number, timeMs: number): RecordedAnswer => {
			const labels = 'container="queue",id="/x",image="i",name="n",namespace="batch",pod="queue-0"';
			return {
				status: 200,
				text: [
					`container_cpu_cfs_periods_total{${labels}} ${periods} ${timeMs}`,
					`container_cpu_cfs_throttled_periods_total{${labels}} ${throttled} ${timeMs}`,
				].join('\n'),
			};
		};
		const {kubelet, setViewed, visit} = await openKubelet(text(918, 7, 1_795_426_188_520));
		const store = new Store({capacity: 10, staleAfterMs: 60_000});
		store.addNode('n', 'node');
		const ratioAt = async (atMs: number) => {
			store.apply('n', (await visit(atMs)).readings, {kind: 'waiting'});
			const [row] = store.view({level: 'containers', filter: 'pod:queue-0'}, 'live', atMs).rows;
			return row?.kind === 'container' ? row.throttledRatio : 'no row';
		};
		setViewed(true);
		expect(await ratioAt(1000)).toBeUndefined();
		kubelet.answers[PATH] = text(1018, 32, 1_795_426_198_520);
		expect(await ratioAt(6000)).toBeUndefined();
		expect(await ratioAt(11_000)).toBe(0.25);
		// The sample of before is joined to each reading until there is a newer one.
		expect(await ratioAt(16_000)).toBe(0.25);
		setViewed(false);
		expect(await ratioAt(21_000)).toBeUndefined();
	});

	test('is read of a kubelet that forbids its stats, too', async () => {
		const {kubelet, setViewed, visit} = await openKubelet();
		kubelet.answers['/stats/summary'] = '403-no-rights-stats-summary.txt';
		setViewed(true);
		const scrape = await visit(0);
		expect(scrape).toMatchObject({route: parseRoute('resource'), degraded: {brief: '403 needs nodes/stats'}});
		expect(throttledOf(scrape)).toBe(11);
	});
});

describe('throttling that cannot be read', () => {
	const TOO_LARGE: RecordedAnswer = {status: 200, text: '# container_\n'.repeat(1_400_000)};

	test.each<readonly [string, RecordedAnswer, object]>([
		[
			'for want of a right',
			'403-no-rights-metrics-cadvisor.txt',
			{
				code: 'forbidden',
				brief: '403 needs nodes/metrics',
				message: expect.stringMatching(/^throttling is unknown: .*no-rights to get nodes\/metrics/),
				hint: expect.stringContaining('nodes/metrics'),
			},
		],
		['for want of an endpoint', 'stats-404.txt', {code: 'not-found', brief: '404 /metrics/cadvisor'}],
		['for its size', TOO_LARGE, {code: 'too-large'}],
		['for what answers', {status: 200, text: '<html></html>'}, {code: 'bad-answer'}],
		['in time', 'hang', {code: 'timeout'}],
	])('%s leaves all else of the visit as it is, and says why', async (_why, answer, degraded) => {
		const {kubelet, setViewed, visit} = await openKubelet(answer, answer === 'hang' ? 1000 : 60_000);
		const before = await visit(0);
		kubelet.answers['/stats/summary'] = 'summary-1.json';
		setViewed(true);
		const scrape = await visit(0);
		expect(scrape).toEqual({
			...before,
			latencyMs: expect.any(Number),
			degraded: expect.objectContaining(degraded),
		});
		// As much as fits a cell of the table.
		expect(scrape.degraded?.brief.length).toBeLessThanOrEqual(24);
	});

	test('is unknown once the page is closed, and not requested again within a minute', async () => {
		const {kubelet, setViewed, visit, asked} = await openKubelet('403-no-rights-metrics-cadvisor.txt');
		setViewed(true);
		await visit(0);
		expect((await visit(30_000)).degraded).toMatchObject({code: 'forbidden'});
		expect(asked()).toBe(1);
		setViewed(false);
		expect((await visit(40_000)).degraded).toBeUndefined();
		setViewed(true);
		kubelet.answers[PATH] = RECORDED;
		const scrape = await visit(60_000);
		expect(scrape.degraded).toBeUndefined();
		expect(throttledOf(scrape)).toBe(11);
	});

	test('ends with the visit that is stopped', async () => {
		const {kubelet} = await openKubelet();
		const target = kubeletTarget({url: kubelet.origin});
		cleanUps.push(target.close);
		kubelet.answers[PATH] = 'hang';
		const abort = new AbortController();
		const stopped = target
			.scrape(context({signal: abort.signal, isViewed: () => true}))
			.catch((error: unknown) => error);
		await expect.poll(() => kubelet.requests).toContain(PATH);
		abort.abort();
		expect(await stopped).toMatchObject({code: 'aborted'});
	});
});
