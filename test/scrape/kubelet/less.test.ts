import {describe, expect, onTestFinished, test} from 'vitest';
import {parseRoute} from '../../../source/metrics/model/route.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import type {RecordedOptions} from '../recorded-server.ts';
import {context} from '../scrape-context.ts';
import {ALL_ROUTES, startRecordedKubelet} from './recorded-kubelet.ts';

const LESS = '/stats/summary?only_cpu_and_memory=true';
const ENOUGH = {restHoldsMs: 120_000};

async function kubeletOf(server: RecordedOptions = {}) {
	const kubelet = await startRecordedKubelet(server);
	const target = kubeletTarget({url: kubelet.origin, now: () => 42});
	onTestFinished(kubelet.close);
	onTestFinished(target.close);
	return {kubelet, target};
}

describe('a kubelet of which CPU and memory are enough', () => {
	test('is asked for them alone, and the reading says for how long the rest holds', async () => {
		const {kubelet, target} = await kubeletOf();
		const {readings, route, degraded} = await target.scrape(context(ENOUGH));
		expect(kubelet.requests).toEqual([LESS]);
		expect({route, degraded}).toEqual({route: parseRoute('summary cpu+mem'), degraded: undefined});
		expect(readings).toMatchObject([{nodeName: 'node-a', restHoldsMs: 120_000, node: {network: undefined}}]);
	});

	test('is asked for all the next time that it is not', async () => {
		const {kubelet, target} = await kubeletOf();
		await target.scrape(context(ENOUGH));
		const {readings, route} = await target.scrape(context());
		expect(kubelet.requests).toEqual([LESS, '/stats/summary']);
		expect(route).toEqual(parseRoute('summary'));
		expect(readings[0]).not.toHaveProperty('restHoldsMs');
	});

	test('is asked for all while the user views it, even if that began during the visit', async () => {
		const {kubelet, target} = await kubeletOf();
		await target.scrape(context({...ENOUGH, isViewed: () => true}));
		expect(kubelet.requests[0]).toBe('/stats/summary');
		kubelet.requests.length = 0;
		const {readings} = await target.scrape(context({...ENOUGH, isViewed: () => kubelet.requests.length > 0}));
		expect(kubelet.requests.slice(0, 2)).toEqual([LESS, '/stats/summary']);
		expect(readings[0]).not.toHaveProperty('restHoldsMs');
	});

	test('that does not know the question and answers in full is read in full', async () => {
		const {target} = await kubeletOf({answers: {...ALL_ROUTES, [LESS]: 'summary-1.json'}});
		const {readings, route} = await target.scrape(context(ENOUGH));
		expect(route).toEqual(parseRoute('summary'));
		expect(readings[0]).not.toHaveProperty('restHoldsMs');
	});

	test('that does not answer the question is read as usual', async () => {
		const {kubelet, target} = await kubeletOf({answers: {...ALL_ROUTES, [LESS]: {status: 500, text: 'no'}}});
		expect((await target.scrape(context(ENOUGH))).route).toEqual(parseRoute('summary'));
		expect(kubelet.requests).toEqual([LESS, '/stats/summary']);
	});

	test('that failed on its file systems before goes on with what worked, and nothing is held', async () => {
		const {kubelet, target} = await kubeletOf({
			answers: {...ALL_ROUTES, '/stats/summary': {status: 500, text: 'failed to get imageFs stats'}},
		});
		await target.scrape(context());
		kubelet.requests.length = 0;
		const {readings, degraded} = await target.scrape(context(ENOUGH));
		expect(kubelet.requests).toEqual([LESS]);
		expect(degraded).toMatchObject({code: 'server-error'});
		expect(readings[0]).not.toHaveProperty('restHoldsMs');
	});

	test('that hangs fails once', async () => {
		const {kubelet, target} = await kubeletOf({answers: {...ALL_ROUTES, [LESS]: 'hang'}});
		const failure = await target.scrape(context({...ENOUGH, timeoutMs: 300})).catch(error => error);
		expect(failure).toMatchObject({code: 'timeout'});
		expect(kubelet.requests).toEqual([LESS]);
	});
});
